"""Chromium without a window, steered by the devtools protocol over a pipe: nothing but Python's standard library is needed.

The network is closed (every name resolves to nothing, every proxy is unreachable), and what the page asked for or complained about is kept.
"""
import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import time

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
         "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--remote-debugging-pipe"]


def find_chromium():
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


class Browser:
    def __init__(self, folder):
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()

        def connect():   # the browser reads its orders from 3 and answers to 4
            reading, writing = os.dup(to_browser), os.dup(from_browser)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen([find_chromium(), *FLAGS, f"--user-data-dir={folder}/profile"], preexec_fn=connect, close_fds=False,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.pending, self.number, self.session = b"", 0, None
        self.requests, self.complaints = [], []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Performance"):
            self.call(f"{domain}.enable")

    def close(self):
        self.session = None
        self.call("Browser.close")
        self.process.wait(timeout=30)
        os.close(self.write_end)
        os.close(self.read_end)

    def message(self, timeout):
        while b"\0" not in self.pending:
            if not select.select([self.read_end], [], [], timeout)[0]:
                raise TimeoutError("the browser does not answer")
            part = os.read(self.read_end, 1 << 20)
            if not part:
                raise EOFError("the browser has gone")
            self.pending += part
        text, self.pending = self.pending.split(b"\0", 1)
        return json.loads(text)

    def note(self, message):
        """Keeps what the page asked for and what it complained about."""
        method, params = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent" and not params["request"]["url"].startswith("data:"):
            self.requests.append(params["request"]["url"])
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("warning", "error"):
            self.complaints.append(params["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("warning", "error", "assert"):
            self.complaints.append(" ".join(str(argument.get("value", argument.get("description"))) for argument in params["args"]))

    def call(self, method, timeout=180, **params):
        self.number += 1
        order = {"id": self.number, "method": method, "params": params, **({"sessionId": self.session} if self.session else {})}
        os.write(self.write_end, json.dumps(order).encode() + b"\0")
        while True:
            message = self.message(timeout)
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.note(message)

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def look(self, width, height=900, dark=False, scripts=True):
        """The window, and whether the system is dark and scripts are on."""
        self.width = width
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)

    def open(self, path, scripts=True):
        """Opens a file and waits until its charts are drawn; seconds it took."""
        self.requests, self.complaints = [], []
        begin = time.monotonic()
        self.call("Page.navigate", url=f"file://{path}")
        while time.monotonic() - begin < 180:
            loaded = self.evaluate("document.readyState") == "complete"
            if loaded and (not scripts or self.evaluate("document.documentElement.dataset.charts") == "drawn"):
                return time.monotonic() - begin
            time.sleep(0.02)
        raise TimeoutError(f"{path}: the charts are not drawn; the page complains: {self.complaints}")

    def screenshot(self, path, whole=True):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}} if whole else {}
        picture = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole, **clip)
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))

    def print_pdf(self, path):
        sheet = self.call("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69)   # A4, in inches
        with open(path, "wb") as file:
            file.write(base64.b64decode(sheet["data"]))


@contextlib.contextmanager
def checking(problems):
    """A browser for checks that add to a list of problems; a page that lacks what a check takes for granted is one of them."""
    browser = Browser(os.getcwd())
    try:
        yield browser
    except RuntimeError as error:
        problems.append(str(error))
    finally:
        browser.close()
    for problem in problems:
        print(problem)
