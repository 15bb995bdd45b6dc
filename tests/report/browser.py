"""A chromium without a window, spoken to over a pipe: enough of its protocol to look at a page."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --remote-debugging-pipe"
).split()
CONNECT = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Runs the browser with the two ends of the pipes at the numbers where it looks for them."""

NAMES = ("chromium", "chromium-browser", "google-chrome")


def program():
    """Return the path of a browser, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """One page in one browser; `events` keeps what the page logged, threw and asked the network for."""

    def __init__(self, folder):
        """Start the browser with its profile in `folder`."""
        commands, self._write = os.pipe()
        self._read, answers = os.pipe()
        ends = [fcntl.fcntl(each, fcntl.F_DUPFD, 10) for each in (commands, answers)]
        flags = [*FLAGS, f"--user-data-dir={folder}", "about:blank"]
        start = [sys.executable, "-c", CONNECT, *map(str, ends), program(), *flags]
        self._process = subprocess.Popen(start, pass_fds=ends, stderr=subprocess.DEVNULL)
        for end in (commands, answers, *ends):
            os.close(end)
        self._last, self._rest, self._session = 0, b"", None
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def close(self):
        """End the browser."""
        os.close(self._write)
        self._process.terminate()
        self._process.wait(timeout=20)
        os.close(self._read)

    def call(self, method, **parameters):
        """Call the browser and return its answer; raise RuntimeError when it refuses."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise RuntimeError(answer["error"]["message"])
                return answer["result"]
            self.events.append(answer)

    def open(self, path):
        """Open a file, forget earlier events and return once the page is ready, else RuntimeError."""
        self.call("Page.navigate", url="about:blank")
        self.events = []
        self.call("Page.navigate", url=path.as_uri())
        for _time in range(400):
            if self.run(
                f"location.href === {json.dumps(path.as_uri())} && document.documentElement?.dataset.ready"
            ):
                return
            time.sleep(0.05)
        raise RuntimeError(f"the page was not ready: {self.faults()}")

    def run(self, expression):
        """Return the value of a JavaScript expression (waited for) in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def faults(self):
        """Return what the page threw, logged as an error or was refused."""
        wanted = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [event["params"] for event in self.events if event.get("method") in wanted]

    def requests(self):
        """Return the addresses that the page asked for."""
        sent = [event for event in self.events if event.get("method") == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in sent]

    def _receive(self):
        while b"\0" not in self._rest:
            piece = os.read(self._read, 1 << 20)
            if not piece:
                raise RuntimeError("the browser has gone")
            self._rest += piece
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)
