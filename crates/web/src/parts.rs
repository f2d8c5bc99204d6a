//! What the components other than form fields show: states, steps, times, rows, pages.

/// The tone of a message. It chooses an icon, a colour and the word that says the same aloud.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Neutral,
    /// Something to know.
    Info,
    /// It went well.
    Success,
    /// Something to do, or to be careful with.
    Warning,
    /// It went wrong.
    Danger,
}

impl Tone {
    /// The word in class names and in the keys of the texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }

    /// The tone with this word; neutral for any other word.
    #[must_use]
    pub fn named(word: &str) -> Self {
        match word {
            "info" => Self::Info,
            "success" => Self::Success,
            "warning" => Self::Warning,
            "danger" => Self::Danger,
            _ => Self::Neutral,
        }
    }

    /// The icon of the sprite.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Neutral => "it-clock",
            Self::Info => "it-info-circle",
            Self::Success => "it-check-circle",
            Self::Warning => "it-warning-circle",
            Self::Danger => "it-error",
        }
    }
}

/// A state in one or two words: «Pagata», «In attesa».
#[derive(Clone, Debug)]
pub struct Badge {
    /// How good the state is.
    pub tone: Tone,
    /// Its name, in sentence case.
    pub label: String,
}

impl Badge {
    /// A badge.
    #[must_use]
    pub fn new(tone: Tone, label: impl Into<String>) -> Self {
        let label = label.into();
        Self { tone, label }
    }
}

/// Where something stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Done.
    Past,
    /// Under way.
    Now,
    /// Still to come.
    Future,
}

impl Moment {
    /// Class of the item of a timeline.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Now => "now",
            Self::Future => "future",
        }
    }

    /// Key of the text that says it aloud.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Past => "ui-timeline-past",
            Self::Now => "ui-timeline-now",
            Self::Future => "ui-timeline-future",
        }
    }

    /// The icon of the sprite.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Past => "it-check",
            Self::Now => "it-clock",
            Self::Future => "it-flag",
        }
    }
}

/// A step of a journey.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its name, two or three words.
    pub label: String,
    /// Whether it is done, open or still to come.
    pub moment: Moment,
    /// Where a finished step can be seen again.
    pub href: Option<String>,
}

/// The steps of a journey with the open one; at most six, or the reader is lost.
#[derive(Clone, Debug, Default)]
pub struct Steps(pub Vec<Step>);

impl Steps {
    /// Steps by name, of which the one at `current` (from 0) is open and those before are done.
    #[must_use]
    pub fn new<'a>(labels: impl IntoIterator<Item = &'a str>, current: usize) -> Self {
        let steps = labels.into_iter().enumerate().map(|(index, label)| Step {
            label: label.to_owned(),
            moment: match index.cmp(&current) {
                std::cmp::Ordering::Less => Moment::Past,
                std::cmp::Ordering::Equal => Moment::Now,
                std::cmp::Ordering::Greater => Moment::Future,
            },
            href: None,
        });
        Self(steps.collect())
    }

    /// The number of the open step, from 1; past the last one everything is done.
    #[must_use]
    pub fn current(&self) -> usize {
        let before = self.0.iter().take_while(|step| step.moment == Moment::Past);
        (before.count() + 1).min(self.0.len())
    }

    /// How many steps there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.len()
    }

    /// The name of the open step.
    #[must_use]
    pub fn current_label(&self) -> &str {
        self.0.get(self.current().saturating_sub(1)).map_or("", |step| step.label.as_str())
    }
}

/// An event of a case.
#[derive(Clone, Debug)]
pub struct TimelineItem {
    /// Whether it has happened.
    pub moment: Moment,
    /// When, or by when, written out.
    pub date: String,
    /// What.
    pub title: String,
    /// More about it; may be empty.
    pub text: String,
    /// Who acts next: «Ora tocca a te», «Ora tocca a noi».
    pub turn: Option<String>,
}

impl TimelineItem {
    /// An event with its date and name.
    #[must_use]
    pub fn new(moment: Moment, date: impl Into<String>, title: impl Into<String>) -> Self {
        Self { moment, date: date.into(), title: title.into(), text: String::new(), turn: None }
    }

    /// Adds a sentence.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Says who acts next.
    #[must_use]
    pub fn turn(mut self, turn: impl Into<String>) -> Self {
        self.turn = Some(turn.into());
        self
    }
}

/// A line of a summary: what was asked, what was answered, where to change it.
#[derive(Clone, Debug)]
pub struct SummaryRow {
    /// What.
    pub key: String,
    /// The answer, one line or several.
    pub lines: Vec<String>,
    /// A state beside the answer.
    pub badge: Option<Badge>,
    /// Where the answer can be changed.
    pub change_href: Option<String>,
}

impl SummaryRow {
    /// A line with one answer.
    #[must_use]
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), lines: vec![value.into()], badge: None, change_href: None }
    }

    /// Adds a further line to the answer.
    #[must_use]
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// Puts a state beside the answer.
    #[must_use]
    pub fn badge(mut self, badge: Badge) -> Self {
        self.badge = Some(badge);
        self
    }

    /// Says where the answer can be changed.
    #[must_use]
    pub fn change(mut self, href: impl Into<String>) -> Self {
        self.change_href = Some(href.into());
        self
    }
}

/// What became of a message: handed over, delivered, refused.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// How good that is.
    pub tone: Tone,
    /// The state: «Consegnata alle 10:02».
    pub state: String,
    /// To whom and by which way, masked where needed.
    pub detail: String,
}

/// A task of a journey that can be left and resumed.
#[derive(Clone, Debug)]
pub struct Task {
    /// What is to be done.
    pub label: String,
    /// More about it; may be empty.
    pub hint: String,
    /// Where; none while it cannot be started.
    pub href: Option<String>,
    /// Its state; none when it is done and nothing needs saying in colour.
    pub badge: Badge,
}

/// A card that leads somewhere.
#[derive(Clone, Debug)]
pub struct Card {
    /// Where it leads, in the words of the reader.
    pub title: String,
    /// What is there.
    pub text: String,
    /// Its address.
    pub href: String,
    /// An icon of the sprite.
    pub icon: &'static str,
}
