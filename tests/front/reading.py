"""What axe-core finds on a page, in both colour schemes."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe


def require_readable(page: Any, name: str) -> None:
    """Nothing is wrong with the page, in light colours nor in dark."""
    for scheme in ("light", "dark"):
        # No colour is on its way to another while it is looked at.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], f"{name} in {scheme} colours"
