"""What is kept: the Store protocol in domain verbs, one file a backend, migrations. All SQL of the project is in here."""
