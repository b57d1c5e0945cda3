"""Words and languages: gettext catalogues, plural forms, placeholders. Pure."""
