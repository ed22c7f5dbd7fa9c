"""The content of the site, independent of Sphinx: pages, URLs, link targets, views, and data files.

Imports ``analysis`` and ``record``. The entry point is :class:`interop.site.site.Site`.

``urls``
    Defines all URLs, of pages and of data files; templates use it too.
``base_address``
    Checks the URL of the published site, ``INTEROP_BASE_ADDRESS``.
``moment``
    The commit from which a site is published, and its time.
``pages``, ``addresses``
    The generated pages and their titles; all URLs of a record.
``targets``
    Link targets: guidelines, capabilities, tests, sections, criteria and clauses, under all their names.
``views``
    Plain data for each kind of page; ``rendering`` is the Jinja environment that renders it as HTML. ``views.drawings``
    has the coordinates of drawings.
``redirects``, ``server_rules``, ``headers``
    Short and old URLs, the rules for servers that redirect them, and the HTTP headers that the rules set.
``api``, ``collected``, ``tables``, ``openapi``
    The files under ``api/v1/``, those with all objects of a kind, those that are tables, and their OpenAPI description.
``crawlers``, ``assistants``
    The files for search engines, and ``llms.txt``.
``releases``
    Which OpenStack releases guidelines cover.
``find_entries``, ``find_index``
    What the box that finds anything finds, and its index as a script.
``check_data``, ``list_data``
    The data of the page that checks runs and lists, as scripts.
``feed``, ``crawlers``
    The Atom feed of what changes in this archive, and files for search engines.
``site``
    The class ``Site``, which gives access to pages, views and targets.
"""
