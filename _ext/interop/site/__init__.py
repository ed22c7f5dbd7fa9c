"""What the site shows, without Sphinx: pages and their URLs, what can be referred to, views, and data files.

Imports ``analysis`` and ``record``. The way in is :class:`interop.site.site.Site`.

``urls``
    The only place that knows URLs, of pages and of data files; templates use it too.
``pages``
    The generated pages and their titles.
``targets``
    What references can name: guidelines, capabilities, tests, sections, criteria and clauses, under every name.
``views``
    Plain data for each kind of page; ``rendering`` is the Jinja environment that turns it into HTML.
``redirects``, ``server_rules``
    Short and old URLs, and the rules by which nginx and Apache answer them.
``api``, ``openapi``
    The files under ``api/v1/``, and their description.
``site``
    All of it behind one front door.
"""
