"""A program: runs the handler that _HANDLER names (module.function, below LAMBDA_TASK_ROOT) for every
invocation, as the managed Python runtime does. Standard library only."""

import http.client
import importlib
import json
import os
import sys
from types import SimpleNamespace


def main():
    try:
        handler = load_handler()
    except Exception as error:
        call("POST", "init/error", error_of(error))
        sys.exit(1)
    while True:
        headers, body = call("GET", "invocation/next")
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        context = SimpleNamespace(
            aws_request_id=request_id,
            invoked_function_arn=headers["Lambda-Runtime-Invoked-Function-Arn"],
            function_name=os.environ.get("AWS_LAMBDA_FUNCTION_NAME"),
        )
        try:
            kind, answer = "response", json.dumps(handler(json.loads(body), context))
        except Exception as error:
            kind, answer = "error", error_of(error)
        call("POST", f"invocation/{request_id}/{kind}", answer)


def load_handler():
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    module, function = os.environ["_HANDLER"].rsplit(".", 1)
    return getattr(importlib.import_module(module), function)


def error_of(error):
    return json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)})


def call(method, path, body=None):
    # No timeout: a frozen function waits for its next invocation as long as it takes.
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        connection.request(method, f"/2018-06-01/runtime/{path}", body)
        answer = connection.getresponse()
        return answer.headers, answer.read()
    finally:
        connection.close()


if __name__ == "__main__":
    main()
