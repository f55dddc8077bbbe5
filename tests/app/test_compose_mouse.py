"""The composer by mouse alone, at 120×40."""

from __future__ import annotations

from tests.app.test_compose import opened
from tests.driver import USUAL, Dashboard, dashboard
from tests.local_hub import LocalHub
from tui.screens.compose import ComposeScreen
from tui.spec.draft import Draft, Pair, SecretPair
from tui.spec.secret import Secret
from tui.widgets.pairs_editor import PairsEditor

FILLED = Draft(
    kind="image",
    image="python:3.12",
    command="python -V",
    env=(Pair("LR", "1"), Pair("STEPS", "2")),
    secrets=(SecretPair("MINE", Secret("s3cr3t-v4lu3")),),
)


def place(t: Dashboard, words: str, *, beside: str = "") -> tuple[int, int]:
    """Where a text stands on the screen."""
    for y, line in enumerate(t.screen_text.splitlines()):
        if words in line and beside in line:
            return line.index(words), y
    raise AssertionError(f"“{words}” is not on the screen\n{t.screen_text}")


async def click(t: Dashboard, words: str, *, beside: str = "", right: int = 0, times: int = 1) -> None:
    """Click on a text, once it is there and no button is still down, which cannot be pressed anew."""
    await t.sees(words)
    await t.until(lambda: not t.app.screen.query("Button.-active"), "the buttons at rest")
    x, y = place(t, words, beside=beside)
    await t.pilot.click(offset=(x + right, y), times=times)


async def form_with(t: Dashboard, draft: Draft) -> ComposeScreen:
    screen = await opened(t)
    screen.form.load(draft)
    await t.sees(draft.image)
    return screen


async def test_a_job_is_composed_and_sent(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await click(t, "Docker image")
        await t.until(lambda: screen.form.draft().kind == "image", "the kind")
        await click(t, "Image", beside="python:3.12")
        await t.type("ubuntu")
        await click(t, "Command")
        await t.type("true")
        await click(t, "through sh -c")
        await click(t, "minutes")
        await click(t, "default 30 m")
        await t.type("5")
        await click(t, "Submit (ctrl+j)")
        await t.sees("Submit this job?")
        await click(t, "No (esc)")
        await t.no_longer_sees("Submit this job?")
        draft = screen.form.draft()
        assert (draft.image, draft.command, draft.shell) == ("ubuntu", "true", True)
        assert (draft.timeout_amount, draft.timeout_unit) == ("5", "m")
        await click(t, "Submit (ctrl+j)")
        await t.sees("Submit this job?")
        await click(t, "y = yes, submit it")
        await t.until(lambda: t.app.composer is None, "the form left")
        assert [one for one in hub.requests if one.method == "POST"]


async def test_a_section_opens_and_closes(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await click(t, "Ports and network")
        await click(t, "Public ports")
        await t.type("80")
        await t.until(lambda: screen.form.draft().expose_public == ("80",), "the port")
        await click(t, "Ports and network")
        await t.no_longer_sees("Public ports")
        await t.sees("1 public port")


async def test_hardware_is_chosen_from_its_list(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await t.sees("cpu-basic")
        await click(t, "▾", beside="cpu-basic")
        await t.sees("Hardware")
        await click(t, "t4-small")
        await t.until(lambda: screen.form.draft().flavor == "t4-small", "one chosen")
        await click(t, "t4-small", beside="Flavor", times=2)
        await t.sees("Hardware")
        await t.press("escape")
        await t.until(lambda: t.app.screen is screen, "the form")


async def test_a_row_of_a_list_is_typed_into(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await form_with(t, FILLED)
        await click(t, "STEPS  ", right=len("STEPS"))
        await t.type("_MORE")
        await t.until(lambda: screen.form.draft().env[1].name == "STEPS_MORE", "the name")


async def test_a_secret_is_readable_while_the_button_is_down_on_its_eye(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await form_with(t, FILLED)
        await t.sees("◉")
        x, y = place(t, "◉")
        await t.pilot.mouse_down(offset=(x, y))
        await t.sees("s3cr3t-v4lu3")
        await t.pilot.mouse_up(offset=(x, y))
        await t.no_longer_sees("s3cr3t-v4lu3")
        assert not screen.query_one("#secrets", PairsEditor).has_focus_within


async def test_the_other_forms_of_the_job_are_shown(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        await form_with(t, FILLED)
        await click(t, "Request")
        await t.sees("POST /api/jobs/")
        await click(t, "Python", beside="Request")
        await t.sees("run_job(")
        await click(t, "hf line")
        await t.sees("hf jobs run")


async def test_who_pays_and_a_preset_are_chosen(demo_hub: LocalHub) -> None:
    async with dashboard(demo_hub, size=USUAL) as t:
        screen = await form_with(t, FILLED)
        await t.until(lambda: t.app.identity is not None, "who is logged in")
        await click(t, "▾", beside="Who pays")
        await click(t, "acme")
        await t.until(lambda: screen.form.draft().namespace == "acme", "the payer")
        t.app.shelf.keep_preset("mine", Draft(kind="image", image="debian", command="env"))
        await t.press("ctrl+o")
        await click(t, "mine")
        await t.until(lambda: screen.form.draft().image == "debian", "the preset")


async def test_a_list_is_opened_by_its_label_its_value_and_its_sign(hub: LocalHub) -> None:
    async with dashboard(hub, size=USUAL) as t:
        screen = await opened(t)
        await t.until(lambda: t.app.identity is not None, "who is logged in")
        for words, row, title in [
            ("Flavor", "Flavor", "Hardware"),
            ("cpu-basic", "Flavor", "Hardware"),
            ("▾", "Flavor", "Hardware"),
            ("Who pays", "Who pays", "enter chooses"),
            ("you", "Who pays", "enter chooses"),
        ]:
            await click(t, words, beside=row)
            await t.sees(title)
            await t.press("escape")
            await t.until(lambda: t.app.screen is screen, "the form")
            assert screen.focused is not None
            assert screen.focused.id in {"flavor", "namespace"}, "and typing goes on in the field"
