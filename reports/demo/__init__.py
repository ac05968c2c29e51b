"""The demo year: fictional companies and people trade real kinds of goods at real ports, through the operations."""

from reports.demo.people import DEMO_SIGN_INS

__all__ = ["DEMO_SIGN_INS"]
