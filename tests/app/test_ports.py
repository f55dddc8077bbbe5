"""Exposing and closing ports."""

from __future__ import annotations

from tests.driver import Dashboard, FakeTime, dashboard
from tests.local_hub import LocalHub


def puts(hub: LocalHub) -> list[object]:
    return [request.json for request in hub.requests if request.method == "PUT"]


async def opened(t: Dashboard) -> None:
    await t.sees("serve")
    await t.press("P")
    await t.sees("Ports of serve")


async def test_ports_are_exposed_and_closed_again(hub: LocalHub) -> None:
    hub.add_job(name="serve")
    async with dashboard(hub) as t:
        await opened(t)
        await t.sees("No port is open now.")
        await t.type("8000")
        await t.press("enter")
        await t.says("ports of serve: 8000")
        await opened(t)
        await t.sees("8000.hf.jobs")
        await t.press(*["backspace"] * 4, "ctrl+s")
        await t.says("ports of serve: none open")
    assert puts(hub) == [{"ports": [8000], "portsPublic": []}, {"ports": []}]


async def test_a_public_port_is_asked_for_once_more(hub: LocalHub) -> None:
    hub.add_job(name="serve")
    async with dashboard(hub, time=FakeTime()) as t:
        for answer in ("escape", "y"):
            await opened(t)
            await t.press("tab")
            await t.type("8080")
            await t.press("enter", "y")
            await t.sees("Port 8080: anyone who knows the address")
            assert puts(hub) == []
            assert t.time is not None
            t.time.seconds += 1
            await t.press(answer)
            await t.no_longer_sees("anyone who knows")
        await t.says("ports of serve: 8080 (public)")
    assert puts(hub) == [{"ports": [8080], "portsPublic": [8080]}]


async def test_what_is_no_port_is_said_and_kept(hub: LocalHub) -> None:
    hub.add_job(name="serve")
    async with dashboard(hub) as t:
        await opened(t)
        await t.type("80 http")
        await t.press("enter")
        await t.sees("“http” is no whole number from 1 to 65535")
        await t.sees("80 http")
    assert puts(hub) == []


async def test_ports_somebody_else_opened_meanwhile_stay_and_are_said(hub: LocalHub) -> None:
    job_id = hub.add_job(name="serve")
    async with dashboard(hub, refresh=None) as t:
        await opened(t)
        hub.call(lambda: hub.job(job_id).expose({"ports": [9000], "portsPublic": []}))
        await t.type("8000")
        await t.press("enter")
        await t.sees("Somebody else changed them too: 9000, 8000")
    assert puts(hub) == [{"ports": [9000, 8000], "portsPublic": []}]


async def test_a_job_that_ended_meanwhile_is_told_as_such(hub: LocalHub) -> None:
    job_id = hub.add_job(name="serve")
    async with dashboard(hub, refresh=None) as t:
        await opened(t)
        hub.set_stage(job_id, "COMPLETED")
        await t.type("8000")
        await t.press("enter")
        await t.sees("has ended (COMPLETED): its ports are closed")
        await t.press("escape", "P")
        await t.says("only a live job has ports")
    assert puts(hub) == []
