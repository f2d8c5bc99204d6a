"""A service whose whole sign-in is djangosaml2-spid: nothing of SAML is written here, only settings.

    service.py LEVEL PROVIDERS KEY CERTIFICATE FOLDER

PROVIDERS is a folder with the metadata of the providers, FOLDER is for the database. Prints one line of JSON with its
addresses once it listens, on a free port of the loopback address.
"""

import json
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

# What the service asks for. All people of the demonstration have it.
ATTRIBUTES = ["spidCode", "name", "familyName", "fiscalNumber", "email"]


def load(request=None):
    """Their own configuration, and answers to logout requests that are signed (README.md)."""
    from djangosaml2_spid.conf import config_settings_loader

    config = config_settings_loader(request)
    config.setattr("sp", "logout_responses_signed", True)
    return config


def configure(level, providers, key, certificate, folder):
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        AUTHENTICATION_BACKENDS=["djangosaml2.backends.Saml2Backend"],
        BASE_DIR=folder,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(folder, "service.db"))}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.staticfiles",
            "djangosaml2",
            "djangosaml2_spid",
        ],
        LOGIN_REDIRECT_URL="/spid/echo_attributes/",
        LOGIN_URL="/spid/login/",
        LOGOUT_REDIRECT_URL="/spid",
        LOGOUT_URL="/spid/logout/",
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "djangosaml2.middleware.SamlSessionMiddleware",
        ],
        ROOT_URLCONF=__name__,
        SECRET_KEY="for one run on the loopback address",
        SITE_ID=1,
        STATIC_URL="/static/",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        SAML_CONFIG_LOADER=load,
        SAML_CONFIG={
            "organization": {
                "name": [("Ente di prova", "it")],
                "display_name": [("Ente di prova", "it")],
                "url": [("https://ente.example", "it")],
            },
        },
        SPID_AUTH_CONTEXT=f"https://www.spid.gov.it/SpidL{level}",
        SPID_CONTACTS=[
            {
                "contact_type": "other",
                "telephone_number": "+390600000000",
                "email_address": "prova@ente.example",
                "IPACode": "prova",
                "Public": "",
            }
        ],
        SPID_IDENTITY_PROVIDERS_METADATA_DIR=providers,
        SPID_OPTIONAL_ATTRIBUTES=[],
        SPID_PRIVATE_KEY=key,
        SPID_PUBLIC_CERT=certificate,
        SPID_REQUIRED_ATTRIBUTES=ATTRIBUTES,
    )


urlpatterns = []


def route():
    """Their addresses, which can be read only when there are settings."""
    urlpatterns.append(path("", include(("djangosaml2_spid.urls", "djangosaml2_spid"))))
    urlpatterns.append(path("saml2/", include("djangosaml2.urls")))


class Quiet(WSGIRequestHandler):
    """Requests are not listed; errors are."""

    def log_message(self, *_):
        pass


def main():
    configure(*sys.argv[1:])
    django.setup()
    route()
    call_command("migrate", verbosity=0)
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    base = f"http://127.0.0.1:{server.server_port}"
    addresses = {
        "base": base,
        "entity_id": f"{base}/spid/metadata/",
        "metadata": f"{base}/spid/metadata/",
        "login": f"{base}/spid/login/",
        "logout": f"{base}/spid/logout/",
        "who": f"{base}/spid/echo_attributes/",
        "home": f"{base}/spid",
    }
    print(json.dumps(addresses), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
