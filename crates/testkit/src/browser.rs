//! A plain HTTP client that behaves like a browser without scripts: cookies, forms, redirects.

use reqwest::header::{HeaderMap, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Response, StatusCode};
use scraper::{ElementRef, Html, Selector};
use url::Url;

/// A visitor's browser.
#[derive(Clone, Debug)]
pub struct Browser {
    client: Client,
    base: Url,
}

/// A page that was shown, after all redirects.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address.
    pub url: Url,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes.
    pub body: Vec<u8>,
    browser: Browser,
}

/// A form of a page, with what is filled in.
#[derive(Clone, Debug)]
pub struct Form {
    action: Url,
    fields: Vec<(String, String)>,
    browser: Browser,
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap()
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Browser {
    /// A browser whose addresses begin with `base`.
    pub fn new(base: &Url, language: &str) -> Self {
        Self::made_by(base, language, |client| client)
    }

    /// The same, with more that the client can do.
    pub(crate) fn made_by(base: &Url, language: &str, more: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("accept-language", language.parse().unwrap());
        headers.insert("user-agent", "Mozilla/5.0 (X11; Linux) Firefox/999".parse().unwrap());
        let client = Client::builder().cookie_store(true).redirect(Policy::none()).default_headers(headers);
        let client = more(client).build().unwrap();
        Self { client, base: base.clone() }
    }

    /// Opens a page of the portal.
    pub async fn get(&self, path: &str) -> Page {
        let base = self.base.as_str().trim_end_matches('/');
        self.open(&format!("{base}{path}")).await
    }

    /// Opens any address.
    pub async fn open(&self, url: &str) -> Page {
        let response = self.client.get(url).send().await.unwrap();
        self.follow(response).await
    }

    /// Sends fields to a path, as a form would.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let base = self.base.as_str().trim_end_matches('/');
        let response = self.client.post(format!("{base}{path}")).form(fields).send().await.unwrap();
        self.follow(response).await
    }

    /// Sends a request without following what it answers.
    pub async fn raw(&self, request: impl FnOnce(&Client, &str) -> reqwest::RequestBuilder) -> Response {
        let base = self.base.as_str().trim_end_matches('/').to_owned();
        request(&self.client, &base).send().await.unwrap()
    }

    async fn follow(&self, mut response: Response) -> Page {
        for _ in 0..10 {
            let Some(location) = response.headers().get(LOCATION).filter(|_| response.status().is_redirection()) else {
                break;
            };
            let next = response.url().join(location.to_str().unwrap()).unwrap();
            response = self.client.get(next).send().await.unwrap();
        }
        let (url, status, headers) = (response.url().clone(), response.status(), response.headers().clone());
        let body = response.bytes().await.unwrap().to_vec();
        Page { url, status, headers, body, browser: self.clone() }
    }
}

impl Page {
    /// The page's HTML.
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Its main heading.
    pub fn heading(&self) -> String {
        self.texts("h1").into_iter().next().unwrap_or_default()
    }

    /// The texts of all elements that a selector finds.
    pub fn texts(&self, css: &str) -> Vec<String> {
        Html::parse_document(&self.html()).select(&selector(css)).map(text_of).collect()
    }

    /// All that can be read on it.
    pub fn text(&self) -> String {
        self.texts("body").join(" ")
    }

    /// The problems that its summary lists.
    pub fn errors(&self) -> Vec<String> {
        self.texts(".error-summary li")
    }

    /// Its form whose action ends with this path; the first form of the main part when the path is empty.
    pub fn form(&self, action: &str) -> Form {
        let document = Html::parse_document(&self.html());
        let forms: Vec<ElementRef<'_>> = document.select(&selector("main form, form")).collect();
        let target = |form: &ElementRef<'_>| {
            let action = form.attr("action").filter(|a| !a.is_empty()).unwrap_or(self.url.as_str());
            self.url.join(action).unwrap()
        };
        let found = forms.iter().find(|f| {
            if action.is_empty() { !target(f).path().ends_with("/uscita") } else { target(f).path().ends_with(action) }
        });
        let form = found.unwrap_or_else(|| panic!("no form `{action}` on {}:\n{}", self.url, self.text()));
        Form { action: target(form), fields: fields(*form), browser: self.browser.clone() }
    }

    /// The address of its first link that contains this.
    pub fn link(&self, part: &str) -> Url {
        let document = Html::parse_document(&self.html());
        let links: Vec<String> =
            document.select(&selector("a[href]")).filter_map(|a| a.attr("href")).map(str::to_owned).collect();
        let found =
            links.iter().find(|href| href.contains(part)).unwrap_or_else(|| panic!("no link `{part}` on {}", self.url));
        self.url.join(found).unwrap()
    }
}

fn fields(form: ElementRef<'_>) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for control in form.select(&selector("input, textarea, select")) {
        let Some(name) = control.attr("name") else { continue };
        let kind = control.attr("type").unwrap_or_default();
        if matches!(kind, "radio" | "checkbox") && control.attr("checked").is_none() {
            continue;
        }
        let value = match control.value().name() {
            "textarea" => control.text().collect::<String>().trim_start_matches('\n').to_owned(),
            "select" => control
                .select(&selector("option[selected]"))
                .next()
                .and_then(|o| o.attr("value"))
                .unwrap_or_default()
                .to_owned(),
            _ => control.attr("value").unwrap_or_default().to_owned(),
        };
        fields.push((name.to_owned(), value));
    }
    fields
}

impl Form {
    /// Fills a field in.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(n, _)| n != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Where it leads.
    pub fn action(&self) -> &Url {
        &self.action
    }

    /// Submits it.
    pub async fn submit(&self) -> Page {
        let response = self.browser.client.post(self.action.clone()).form(&self.fields).send().await.unwrap();
        self.browser.follow(response).await
    }

    /// Submits it and shows where it wants to lead, without going there.
    pub async fn submit_only(&self) -> Response {
        self.browser.client.post(self.action.clone()).form(&self.fields).send().await.unwrap()
    }
}
