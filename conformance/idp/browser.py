"""A browser without a window: cookies, redirections, forms, and the scripts that send a form at once."""

import html.parser
import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request

# More pages than any journey has between two decisions of the person.
MOST_STEPS = 12


class Form:
    """A form of a page: where it goes, its hidden and checked fields, and the values of all of them."""

    def __init__(self, action, method):
        self.action = action
        self.method = method
        self.fields = {}
        self.choices = []

    def is_saml(self):
        return "SAMLRequest" in self.fields or "SAMLResponse" in self.fields


class Page(html.parser.HTMLParser):
    """An answer of a server, read."""

    def __init__(self, url, status, text):
        super().__init__()
        self.url, self.status, self.html = url, status, text
        self.forms, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self.forms.append(Form(values.get("action") or "", (values.get("method") or "get").lower()))
        if not self.forms or "name" not in values:
            return
        form, name, value = self.forms[-1], values["name"], values.get("value") or ""
        if tag in ("input", "button"):
            form.choices.append((name, value))
        if tag == "input" and values.get("type") == "hidden":
            form.fields[name] = value

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    def __str__(self):
        return f"{self.status} {self.url}: {self.text[:600]}"


class Browser:
    """What a person has in front of them. Nothing leaves the loopback address."""

    def __init__(self):
        self.jar = http.cookiejar.CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self.jar)
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def open(self, url, fields=None):
        """One page, behind its redirections."""
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        if urllib.parse.urlsplit(url).hostname != "127.0.0.1":
            raise AssertionError(f"a page leads away from this machine: {url}")
        try:
            answer = self.opener.open(url, data, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Page(answer.geturl(), answer.status, answer.read().decode("utf-8", "replace"))

    def submit(self, page, form, **values):
        url = urllib.parse.urljoin(page.url, form.action)
        fields = {**form.fields, **values}
        if form.method == "get":
            return self.open(f"{url}?{urllib.parse.urlencode(fields)}")
        return self.open(url, fields)

    def visit(self, url):
        """A page, and wherever the forms lead that carry a message and would send themselves."""
        return self.carry(self.open(url))

    def carry(self, page):
        for _ in range(MOST_STEPS):
            form = next((form for form in page.forms if form.is_saml()), None)
            if form is None:
                return page
            page = self.submit(page, form)
        raise AssertionError(f"the forms lead round in a circle: {page}")
