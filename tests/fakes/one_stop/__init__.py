"""A province's one-stop system that takes nothing on trust: it speaks HTTP, and everything can go wrong in it."""

from tests.fakes.one_stop.system import FakeOneStop, Fault, running_one_stop

__all__ = ["FakeOneStop", "Fault", "running_one_stop"]
