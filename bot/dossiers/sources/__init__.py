"""Where dossiers are looked up: one-stop systems over HTTP as a file describes them, chosen by the agency in the code.

``shapes`` and ``mapping`` read and check the file, ``reading`` turns an answer into a record, ``one_stop`` asks,
``remembering`` keeps what was said, ``by_agency`` chooses.
"""
