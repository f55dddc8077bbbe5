"""The local hub: the Jobs HTTP API on loopback, with jobs that really run as processes of this machine.

A program apart: nothing but the entry point and the tests start it, and it shares only the hardware
catalogue with the dashboard.
"""
