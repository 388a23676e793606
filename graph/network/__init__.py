"""Networks of a day: who shares what with whom, measured without RDF and without a terminal."""
