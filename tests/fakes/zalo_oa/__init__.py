"""A strict Zalo Official Account platform on loopback: it refuses what Zalo refuses, and keeps its own time."""

from tests.fakes.zalo_oa.platform import FakeZaloOa, running_zalo_oa

__all__ = ["FakeZaloOa", "running_zalo_oa"]
