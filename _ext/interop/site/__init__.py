"""What the site shows: pages and their URLs, targets, redirects, data files, server rules and views."""
