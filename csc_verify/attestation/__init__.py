"""Attested mode: a log whose owner can't have written it.

::

    a student's repository                             GitHub's runner, our workflow, our code
    log.jsonl, attestations.jsonl ── staging.stage ──> the new log, and the chain one line longer
                                                             │ GitHub attests both files
    one commit <── staging.complete ── the bundle <──────────┘

    a coach:  log, chain, bundles ── verifying.verify_attested ──> Attested | NotAttested

A bundle says which workflow made which bytes. That alone would let a student edit the log between
two runs, since a run keeps what is final. So a run adds a line to the chain only if the log that it
found is the one that the line before names, and the chain itself is attested with the log. What
follows holds by induction, as long as every line's bundle is there and verifies.

Importing this package costs nothing; sigstore, an extra, is imported when something is verified.
"""
