"""LTI 1.3 as a protocol: messages read and written, tokens judged, keys; without Flask, storage or network.

Whoever calls fetches, stores and shows. What is refused is an `LtiError` with a code of `LTI_CODES`; the sentences
live on the pages.
"""
