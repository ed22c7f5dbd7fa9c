"""Commands that work beside the build: importing official files, reading today's test suites."""
