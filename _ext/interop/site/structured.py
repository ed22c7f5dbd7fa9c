"""Structured data of pages for search engines, in the terms of schema.org as JSON-LD.

Only pages that are one of its kinds have any: a guideline is a data set, a process document an article.
"""

from __future__ import annotations

import json
from typing import Any

from . import urls

_LICENSE = "https://www.apache.org/licenses/LICENSE-2.0"


def script(document: str, kinds: tuple[str, ...], title: str, summary: str, base: str) -> str:
    """The element with the data of a page; empty for other pages. ``base`` is the URL of the site, if it is known."""
    about = _about(document, kinds, title, summary, base)
    if not about:
        return ""
    text = json.dumps({"@context": "https://schema.org", **about}, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", r"\u003c")  # It could end the element.
    return f'<script type="application/ld+json">{text}</script>'


def _about(document: str, kinds: tuple[str, ...], title: str, summary: str, base: str) -> dict[str, Any]:
    about = {"name": title, "description": summary}
    if base:
        about["url"] = base + urls.address(document)
    if "home" in kinds:
        return {"@type": "WebSite", **about}
    if "guideline" in kinds and document.startswith("guidelines/"):
        program, _, id = document.removeprefix("guidelines/").partition("/")
        name = id if program == "powered" else f"{program}.{id}"
        files = (("application/json", "json"), ("text/csv", "csv"))
        root = base or "../../"
        distribution = [
            {
                "@type": "DataDownload",
                "encodingFormat": form,
                "contentUrl": f"{root}{urls.API}guidelines/{name}.{ending}",
            }
            for form, ending in files
        ]
        return {
            "@type": "Dataset",
            **about,
            "license": _LICENSE,
            "isAccessibleForFree": True,
            "distribution": distribution,
        }
    if document.startswith("process/"):
        return {"@type": "TechArticle", "headline": title, **about}
    return {}
