"""What a person does, and what the service and the provider must say of it afterwards."""

import json
import traceback
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from browser import Browser, Page

PROVIDER = "poste-esempio"
# Somebody without a company, who has every attribute that is asked for.
PERSON = "CLLNNA68L70D620F"
ATTRIBUTES = ("spidCode", "name", "familyName", "fiscalNumber", "email")
ERRORS = ("nr19", "nr20", "nr21", "nr22", "nr23", "nr25", "nr30")


@dataclass
class Service:
    """A service of a judge."""

    what: str
    level: int
    at: dict
    log: Path
    # What the judge says to a person of an error of AgID's table.
    says: Callable[[str], str]


class World:
    """The outside world of the demonstration: its providers and people, and the switch that admits a service."""

    def __init__(self, base):
        self.base = base
        state = self.call()
        self.provider = next(provider for provider in state["providers"] if provider["slug"] == PROVIDER)
        self.person = next(person for person in state["people"] if person["fiscal_code"] == PERSON)
        self.full_name = f"{self.person['name']} {self.person['family_name']}"
        self.expected = {
            "name": self.person["name"],
            "familyName": self.person["family_name"],
            "fiscalNumber": f"TINIT-{self.person['fiscal_code']}",
            "email": self.person["email"],
        }

    def call(self, path="", body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/api/spid{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def admit(self, what, level, at, log, says):
        service = {"entity_id": at["entity_id"], "metadata_url": at["metadata"]}
        assert at["entity_id"] in self.call("/services", service)["services"], what
        return Service(what, level, at, log, says)

    def session(self, browser):
        """The provider's page about the browser's session."""
        return browser.open(f"{self.provider['entity_id']}/sessione")


def asked(world, browser, service) -> Page:
    """From the service to the provider's sign-in page, which says who asks for what."""
    page = browser.visit(service.at["login"])
    if not page.url.startswith(world.provider["entity_id"]) or not any(form.choices for form in page.forms):
        raise AssertionError(f"the provider shows no sign-in page: {page}")
    for word in (service.at["entity_id"], f"SPID {service.level}", *ATTRIBUTES):
        assert word in page.text, f"the sign-in page does not say {word}: {page}"
    return page


def answered(browser, page, outcome) -> Page:
    """From the sign-in page, by one of its buttons, back to the service."""
    form = next(form for form in page.forms if ("outcome", outcome) in form.choices)
    assert ("person", PERSON) in form.choices, f"nobody to choose: {page}"
    return browser.carry(browser.submit(page, form, person=PERSON, outcome=outcome))


def signed_in(world, service, browser=None) -> Browser:
    browser = browser or Browser()
    page = answered(browser, asked(world, browser, service), "consent")
    assert page.status == 200 and page.url.startswith(service.at["base"]), f"the judge refuses: {page}"
    return browser


def reported(browser, service):
    """Who is signed in, as the service says; nobody if it says that nobody is."""
    page = browser.open(service.at["who"])
    # passport-spid knows nobody, djangosaml2-spid begins to sign somebody in.
    if page.status == 401 or page.url.startswith(service.at["login"]):
        return None
    assert page.status == 200, f"the service does not say who is signed in: {page}"
    try:
        return json.loads(page.html)
    except ValueError:
        return table(page)


def table(page):
    """The attributes as the page of djangosaml2-spid lists them."""
    pieces = [piece.strip() for piece in page.words if piece.strip()]
    names = {f"{name}:": name for name in ATTRIBUTES}
    return {names[piece]: following for piece, following in zip(pieces, pieces[1:]) if piece in names}


def is_nobody(world, browser, service):
    found = reported(browser, service)
    assert found is None, f"{service.what} still has {found}"


def is_person(world, browser, service):
    found = reported(browser, service)
    assert found is not None, f"{service.what} has nobody"
    code = found.pop("spidCode", None)
    assert code and len(code) == 14, f"{service.what} has the SPID code {code}"
    assert found == world.expected, f"{service.what} has {found}"


def session_is(world, browser, *services):
    """Whether the provider has a session, and which services take part in it."""
    page = world.session(browser)
    if not services:
        assert "nessuna sessione aperta" in page.text, f"the provider still has a session: {page}"
        return
    assert f"sessione di {world.full_name}" in page.text, f"the provider has no session: {page}"
    for service in services:
        assert service.at["entity_id"] in page.text, f"{service.what} takes no part in the session: {page}"


def signs_in(world, service):
    browser = signed_in(world, service)
    is_person(world, browser, service)
    session_is(world, browser, *([service] if service.level == 1 else []))
    is_nobody(world, Browser(), service)


def signs_in_by_the_session(world, service):
    """A second sign-in in the provider's session: at level 1 the provider knows who it is, above it asks."""
    browser = signed_in(world, service)
    # Another browser at the service, the same one at the provider.
    other = Browser()
    page = asked(world, other, service)
    assert "sessione aperta" not in page.text, f"a session that nobody opened: {page}"
    session = [cookie for cookie in browser.jar if PROVIDER in cookie.path]
    assert bool(session) == (service.level == 1), f"cookies of the provider: {session}"
    for cookie in session:
        other.jar.set_cookie(cookie)
    page = asked(world, other, service)
    assert ("sessione aperta" in page.text) == (service.level == 1), f"the session at level {service.level}: {page}"
    answered(other, page, "consent")
    is_person(world, other, service)


def signs_out(world, service):
    browser = signed_in(world, service)
    page = browser.visit(service.at["logout"])
    # Above level 1 the provider has no session, and must answer with PartialLogout (Regole tecniche, "Single logout").
    # djangosaml2 shows a page of its own for every answer but success; passport-spid does not look at the status.
    success = page.url.rstrip("/") == service.at["home"].rstrip("/")
    shown = success if service.level == 1 else page.url.startswith(service.at["base"])
    assert page.status == 200 and shown, f"the judge is not content with the logout: {page}"
    is_nobody(world, browser, service)
    session_is(world, browser)


def refuses(outcome):
    def journey(world, service):
        browser = Browser()
        page = answered(browser, asked(world, browser, service), outcome)
        said = service.says(outcome)
        assert page.status >= 400 and said in page.text, f"the judge does not say «{said}» of {outcome}: {page}"
        is_nobody(world, browser, service)
        session_is(world, browser)

    return journey


def does_not_believe(outcome):
    """The provider misbehaves on purpose. Whoever believes this is no judge."""

    def journey(world, service):
        browser = Browser()
        page = answered(browser, asked(world, browser, service), outcome)
        assert page.status >= 400, f"the judge believes an answer that is {outcome}: {page}"
        is_nobody(world, browser, service)

    return journey


def all_in_one_session(world, services):
    browser = Browser()
    for service in services:
        signed_in(world, service, browser)
    session_is(world, browser, *services)
    for service in services:
        is_person(world, browser, service)
    return browser


def ends_at_the_provider(world, services):
    browser = all_in_one_session(world, services)
    page = world.session(browser)
    page = browser.carry(browser.submit(page, page.forms[0]))
    assert "anche presso tutti i servizi" in page.text, f"the provider does not say that all is over: {page}"
    for service in services:
        is_nobody(world, browser, service)
    session_is(world, browser)


def ends_at(beginner):
    def journey(world, services):
        browser = all_in_one_session(world, services)
        page = browser.visit(beginner.at["logout"])
        ended = page.status == 200 and page.url.rstrip("/") == beginner.at["home"].rstrip("/")
        assert ended, f"the judge is not content with the logout: {page}"
        for service in services:
            is_nobody(world, browser, service)
        session_is(world, browser)

    return journey


def judged(what, journeys, subject, world, logs):
    """Runs journeys and prints what came of them."""
    failed = 0
    for name, journey in journeys:
        try:
            journey(world, subject)
        except Exception as error:  # noqa: BLE001 - whatever it was, the other journeys are to be run
            failed += 1
            print(f"{what}: {name}: FAILED")
            lines = [str(error)] if isinstance(error, AssertionError) else traceback.format_exc().splitlines()
            for log in logs:
                lines += ["", f"the end of {log.name}:", *log.read_text(errors="replace").splitlines()[-25:]]
            print("\n".join(f"    {line}" for line in lines))
    print(f"{what}: {len(journeys)} journeys, {failed} failed", flush=True)
    return failed == 0


def judge_services(world, service, with_logout):
    journeys = [("signs in", signs_in), ("signs in by the session", signs_in_by_the_session)]
    if with_logout:
        journeys.append(("signs out", signs_out))
    journeys += [(f"refused with {code}", refuses(code)) for code in ERRORS]
    journeys.append(("does not believe what was changed", does_not_believe("tampered")))
    if service.level > 1:
        journeys.append(("does not believe a lower level", does_not_believe("lower_level")))
    return judged(service.what, journeys, service, world, [service.log])


def judge_session(world, services):
    """Services of different judges in one session of the provider."""
    journeys = [(f"ends at {service.what}", ends_at(service)) for service in services]
    journeys.append(("ends at the provider", ends_at_the_provider))
    return judged("both in one session", journeys, services, world, [service.log for service in services])
