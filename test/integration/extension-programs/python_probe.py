"""Uses the Python example up to where its driver would begin."""

import os
import sys

sys.path.insert(0, os.environ["EXAMPLE_FOLDER"])

import app  # noqa: E402


def handler(event, context):
    try:
        answer = app.vend()
    except RuntimeError as error:
        return {"refused": str(error)}
    context = app.tls_context(answer)
    return {
        "user": answer["user"],
        "roots": len(context.get_ca_certs()),
        "verifies": context.check_hostname,
    }
