"""What links of design activities answer. The pages are ours, in the manner of each platform."""

from __future__ import annotations

import time

import pytest

from csc_verify.fetch import Absent, FetchResult, Page
from csc_verify.model import Verdict
from csc_verify.sources.design.naming import Wanted
from tests.activities import SHARE, SHELL, WORK, at, doubt_of, judged, of_link, og, page, refused

GOOGLE_LOGIN = "https://accounts.google.com/v3/signin/identifier?continue=x"
DOC, DRIVE = "https://docs.google.com/document/d/1/edit", "https://drive.google.com/file/d/1/view"
DROPBOX, FIGMA = "https://www.dropbox.com/scl/fi/1/a.pdf", "https://www.figma.com/design/1/Clinic"
NOTION, SITE = "https://www.notion.so/ada/Work-1", "https://ada.notion.site/Work-1"
BEHANCE, OWN = "https://www.behance.net/gallery/1/Clinic", "https://ada.example/work"
REPOSITORY = "https://github.com/ada/work"
NOT_TOLD = "nothing in the page tells whether a stranger sees the document"
AFTER_LOGIN = "shows the document only after a login"


REACHABLE = {
    "a public document of Google's": (
        DOC,
        page("Clinic - Google Docs", "JavaScript isn't enabled in your browser", head=og("Clinic"),
             body=SHELL),
    ),
    "one without og:title": (DOC, page("Clinic - Google Docs", body=SHELL)),
    "a file on Google Drive": (DRIVE, page("clinic.pdf - Google Drive", body=SHELL)),
    "a file on Dropbox": (DROPBOX, page("Dropbox - clinic.pdf - Simplify your life", body=SHELL)),
    "a file of Figma's": (FIGMA, page("Clinic – Figma", body=SHELL)),
    "one that nobody named": (FIGMA, page("Untitled – Figma", body=SHELL)),
    "a page of Notion's": (SITE, page("Notion", head=og("Clinic"), body=SHELL)),
    "one that Notion leads to": (NOTION, at(SITE, page("Clinic", body=SHELL))),
    "a project on Behance": (BEHANCE, page("Clinic :: Behance", body=SHELL)),
    "a repository": (REPOSITORY, page("GitHub - ada/work: Clinic", "Readme")),
    "a page drawn by a script, with a name": (OWN, page("A guide | Ada", body=SHELL)),
    "a page without a title": (OWN, page("", "What I made. " * 20)),
    "a PDF": (OWN, Page(OWN, b"%PDF-1.7 ...", "application/pdf")),
    "a PDF that is called a page": (OWN, Page(OWN, b"%PDF-1.7 <html>", "text/html")),
    "a picture": (OWN, Page(OWN, b"\x89PNG\r\n", "image/png")),
    "a text": (OWN, Page(OWN, b"Interviews: you need access to people, and time.", "text/plain")),
    "a page larger than pages are": (DOC, page("", "x", body="<i></i>" * 20_000)),
    "a page too large to be fetched": (OWN, refused(OWN, "the page is larger than 8 MB", 200)),
    "a study of a login": (
        "https://ada.example/login",
        page("Login", "A better login. Sign in to continue. " * 30, at="https://ada.example/login"),
    ),
    "one that its platform leads to": (
        "https://www.behance.net/gallery/1",
        page("A better login :: Behance", body=SHELL, at="https://www.behance.net/gallery/1/Login"),
    ),
    "one that leads on below itself": (
        "https://ada.example/study",
        page("A login", "What I made. " * 60, at="https://ada.example/study/login"),
    ),
    "a study of asking for access": (
        OWN, page("How to request access: a study", "How to request access. " * 40),
    ),
    "a short address": ("https://bit.ly/x", at("https://ada.example/", WORK)),
    "a front page": ("https://ada.example/", at("https://ada.example/", WORK)),
    "a home": ("https://ada.example/index.html", at("https://ada.example/", WORK)),
}  # fmt: skip


@pytest.mark.parametrize(("link", "answer"), REACHABLE.values(), ids=REACHABLE)
def test_a_link_that_a_stranger_can_open_counts(link: str, answer: FetchResult) -> None:
    found = of_link(link, at(answer.url or link, answer) if isinstance(answer, Page) else answer)
    assert judged(found).verdict is Verdict.MET, found
    assert judged(found).evidence[0].url == link


GOOGLES = "in Google Drive: Share, General access, 'Anyone with the link', Viewer"
DROPBOXS = "in Dropbox: Share, copy a link that gives access to anyone with the link"
FIGMAS = "in Figma: Share, Anyone with the link, can view"
NOTIONS = "in Notion: Share, Publish to web, and give the address that it then shows"
BEHANCES = "in Behance: publish the project, visible to everyone"
MICROSOFTS = "in OneDrive: Share, Anyone with the link can view"
CLOSED = {
    "Google's login": (DOC, page("x", at=GOOGLE_LOGIN), AFTER_LOGIN, GOOGLES),
    "Google's login in place": (DRIVE, page("Google Drive: Sign-in"), AFTER_LOGIN, GOOGLES),
    "Google's status": (DRIVE, 401, AFTER_LOGIN, GOOGLES),
    "Google's request": (
        DRIVE, page("Google Drive: Access Denied", "You need access. Request access."),
        "request access", GOOGLES,
    ),
    "a form behind a short address": (
        "https://bit.ly/x", page("x", at=GOOGLE_LOGIN), AFTER_LOGIN, GOOGLES,
    ),
    "Google's shell": (DOC, page("Google Docs", body=SHELL), NOT_TOLD, GOOGLES),
    "a site of Google's": (
        "https://sites.google.com/view/ada", page("x", at=GOOGLE_LOGIN), AFTER_LOGIN,
        "in Google Sites: Publish, visible to anyone",
    ),
    "Dropbox' login": (
        DROPBOX, page("x", at="https://www.dropbox.com/login?cont=x"), AFTER_LOGIN, DROPBOXS,
    ),
    "Dropbox' login in place": (
        DROPBOX, page("Login - Dropbox", body=SHELL), AFTER_LOGIN, DROPBOXS,
    ),
    "Dropbox' expired link": (DROPBOX, page("Link expired - Dropbox"), NOT_TOLD, DROPBOXS),
    "Dropbox' front page": (
        DROPBOX, page("Dropbox.com", "Files", at="https://www.dropbox.com/"), "front page",
        DROPBOXS,
    ),
    "Figma's shell": (FIGMA, page("Figma", body=SHELL), NOT_TOLD, FIGMAS),
    "Figma's own advertisement": (
        FIGMA, page("Figma", head=og("Figma: The Collaborative Interface Design Tool")),
        NOT_TOLD, FIGMAS,
    ),
    "Figma's login": (FIGMA, page("x", at="https://www.figma.com/login"), AFTER_LOGIN, FIGMAS),
    "Figma's refusal": (FIGMA, 403, "refuses to answer programs (status 403)", FIGMAS),
    "Notion's shell": (
        NOTION, page("Notion", head=og("Notion – The all-in-one workspace"), body=SHELL),
        NOT_TOLD, NOTIONS,
    ),
    "Notion's login": (NOTION, page("x", at="https://www.notion.so/login"), AFTER_LOGIN, NOTIONS),
    "Notion's no to programs": (NOTION, 404, "at least to programs (404)", NOTIONS),
    "Notion's no to programs elsewhere": (SITE, 404, "at least to programs (404)", NOTIONS),
    "Behance' shell": (BEHANCE, page("Behance", body=SHELL), NOT_TOLD, BEHANCES),
    "Microsoft's login": (
        "https://ada-my.sharepoint.com/:w:/g/1",
        page("x", at="https://login.microsoftonline.com/common/oauth2/authorize?x=1"),
        AFTER_LOGIN, MICROSOFTS,
    ),
    "GitHub's login": (
        REPOSITORY, page("x", at="https://github.com/login?return_to=x"), AFTER_LOGIN,
        "on GitHub: make the repository public, in its settings",
    ),
    "any login": (OWN, page("x", at="https://ada.example/users/sign_in"), AFTER_LOGIN, SHARE),
    "any login in place": (
        OWN, page("Log in", body='<form><input type="password"></form>'), AFTER_LOGIN, SHARE,
    ),
    "a login that is not there": (
        OWN, Absent("https://login.okta.com/x", 404), AFTER_LOGIN, SHARE,
    ),
    "a request": (OWN, page("Ada", "You don\u2019t have access to this page."), "request", SHARE),
    "a request in its title": (
        OWN, page("Ada | Request access", "Terms. " * 200), "request", SHARE,
    ),
    "a private page": (OWN, page("Ada", "This page is private."), "request access", SHARE),
    "a check for robots": (
        OWN, page("Just a moment...", body='<script src="/x"></script>'), "check for robots", SHARE,
    ),
    "nothing found": (OWN, page("404 Not Found", "404 Not Found"), 'says "not found"', SHARE),
    "cookies": (
        OWN, page("x", at="https://consent.example/ask"), "question about cookies", SHARE,
    ),
    "a shell without a name": (OWN, page("React App", body=SHELL), NOT_TOLD, SHARE),
    "a shell with its host's name": (OWN, page("ada.example", body=SHELL), NOT_TOLD, SHARE),
    "a shell without a title": (OWN, page("", body=SHELL), NOT_TOLD, SHARE),
    "an empty page": (OWN, Page(OWN, b" \n", "text/html"), "an empty page", SHARE),
    "an untold page": (
        OWN, Page(OWN, b"<!DOCTYPE html><title>Log in</title><input type=password>", ""),
        AFTER_LOGIN, SHARE,
    ),
    "a refusal": (OWN, 999, "refuses to answer programs (status 999)", SHARE),
    "an outage": (
        OWN, 503, "could not be opened (ada.example says 503)", "the next run looks again",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("link", "answer", "why", "share"), CLOSED.values(), ids=CLOSED)
def test_a_link_that_is_closed_is_unknown_and_says_how_to_open_it(
    link: str, answer: FetchResult | int, why: str, share: str
) -> None:
    placed = at(answer.url or link, answer) if isinstance(answer, Page) else answer
    found = of_link(link, placed)
    doubt = doubt_of(link, placed)
    assert doubt is not None
    assert why in doubt
    assert doubt.endswith(share)
    finding = judged(found)
    assert finding.verdict is Verdict.UNKNOWN
    assert why in finding.reason


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize(
    ("link", "share"),
    [
        (OWN, SHARE),
        (REPOSITORY, "On GitHub: make the repository public, in its settings"),
        (FIGMA, FIGMAS),
        (DRIVE, GOOGLES),
        (DROPBOX, DROPBOXS),
    ],
)
def test_a_link_that_is_gone_does_not_count(link: str, share: str, status: int) -> None:
    found = of_link(link, status)
    assert judged(found).verdict is Verdict.UNMET
    (entry,) = found.left_out
    assert entry.what == "activity 1 (A guide)"
    assert entry.why == f"its link leads nowhere (status {status})"
    assert entry.mend.lower().endswith(share.lower())


# --- pages that look like the document's, and aren't -------------------------------------------

BOARD = "https://board.example/b/1"
MARKETING = "Design together, faster than ever, with a team that loves what it does. " * 20
EMAIL = '<form><input type="email"></form>'
PASSWORD = '<form><input type="password"><button>Continue</button></form>'
OTHERS = "<button>Continue with Google</button><a href='/apple'>Sign in with Apple</a>"


LOGINS = {
    "a form with an e-mail address": page("Log in - Tool", body=f"<h1>Log in</h1>{EMAIL}{OTHERS}"),
    "only others' buttons": page("Tool", "Welcome.", body=OTHERS),
    "only others' buttons, in German": page("Tool", body="<button>Mit Google anmelden</button>"),
    "an address of one's own": page(
        "Tool", body="<h1>Welcome back</h1><h2>Sign in to Tool</h2>" + EMAIL
    ),
    "a button beside an address": page("Tool", body=EMAIL + "<button>Log in</button>"),
    "a field without a kind": page("Tool", body='<h1>Sign in</h1><input placeholder="You">'),
    "nothing but a request": page("Tool", "Please sign in."),
    "a button of a form": page("Tool", body=f'{EMAIL}<input type="submit" value="Sign in">'),
    "a password and an advertisement": page("Log in - Tool", MARKETING, body=PASSWORD),
    "a password below an advertisement": page(
        "Tool", MARKETING, body="<h2>Sign in</h2><input type=password>"
    ),
    "a password in an advertisement": page(
        "Tool", MARKETING, body="<form><input type=password><button>Log in</button></form>"
    ),
    "a password and nothing else": page("A guide", "Enter it.", body="<input type=PASSWORD>"),
    "only a title": page("LinkedIn Login, Sign in | LinkedIn", "Stay updated. " * 20),
    "another title": page("LinkedIn: Log In or Sign Up", body=SHELL),
    "an address and an advertisement": page("Sign up | Tool", MARKETING, body=EMAIL),
    "a page that leads on at once": page(
        "Tool", head='<meta http-equiv="Refresh" content="0;url=/login">'
    ),
    "one that leads on to others": page(
        "A guide", head="<meta http-equiv=refresh content=\"2; URL='https://auth.tool.example/x'\">"
    ),
    "a script that leads on": page(
        "A guide", "One moment", body="<script>location.href='/login'</script>"
    ),
    "a script that goes on": page(
        "A guide", body='<script>window.location.replace("https://login.tool.example/")</script>'
    ),
    "a page that is sent as a text": Page(
        "", b"<!-- x -->\n<!DOCTYPE html><title>Log in</title><input type=password>", "text/plain"
    ),
    "a page that is sent as JSON": Page(
        "", b"\xef\xbb\xbf<html><title>Log in</title><input type=password>", "application/json"
    ),
    **{
        f"one that is led to {where}": page("Tool", MARKETING, at=where)
        for where in (
            "https://login.board.example/?return=x",
            "https://auth.board.example/",
            "https://sso.else.example/",
            "https://accounts.board.example/x",
            "https://signin.board.example/x",
            "https://id.board.example/x",
            "https://board.auth.eu.pool.example/x",
            "https://board.example/en-us/login",
            "https://board.example/signup",
            "https://board.example/account/register",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("answer", LOGINS.values(), ids=LOGINS)
def test_a_login_is_no_document_whatever_it_looks_like(answer: Page) -> None:
    link = "https://www.linkedin.com/posts/1" if b"LinkedIn" in answer.body else BOARD
    doubt = doubt_of(link, at(answer.url or link, answer))
    assert doubt is not None
    assert doubt.endswith(f"{AFTER_LOGIN}; {SHARE}")


BRANDS = {
    "https://miro.com/app/board/uXjVN=/": "Miro | The Innovation Workspace",
    "https://xd.adobe.com/view/1/": "Adobe XD",
    "https://trello.com/b/1/clinic": "Trello",
    "https://www.canva.com/design/DAF1/view": "Canva: Visual Suite for Everyone",
    "https://airtable.com/shr1": "Airtable",
    "https://projects.invisionapp.com/share/1": "InVision",
    "https://ada.atlassian.net/wiki/spaces/A/pages/1/Clinic": "Confluence",
    "https://app.zeplin.io/project/1": "Zeplin - Design handoff for teams",
    "https://app.mural.co/t/ada/m/ada/1": "Mural | Visual work platform",
    "https://whimsical.com/1": "Whimsical - Think in flowcharts, docs and wireframes",
    "https://www.coursera.org/account/accomplishments/verify/1": "Coursera | Online Courses",
}
BARELY = {
    "nothing": SHELL,
    "a word": f"<p>Loading…</p>{SHELL}",
    "a heading": f"<h1>Loading</h1>{SHELL}",
    "a picture": f'<img src="/logo.svg">{SHELL}',
    "a frame of a counter": f'<noscript><iframe src="/count"></iframe></noscript>{SHELL}',
    "a plea": "<p>Please enable JavaScript to go on.</p><script></script>",
    "nothing at all": "",
    "a heading and no root": "<h1>Loading</h1><script src='/app.js'></script>",
    "a heading and a plea": "<h1>Tool</h1><p>Please enable JavaScript.</p><script></script>",
    "a picture and a plea": (
        "<h2>Tool</h2><img src='/logo.svg'><noscript>Please enable JavaScript</noscript>"
        "<script></script>"
    ),
    "a picture and a root": "<img src='/logo.svg'><div id='view'></div><script></script>",
    "a counter's frame": (
        "<h1>Tool</h1><noscript><iframe src='/x'></iframe></noscript><script></script>"
    ),
    "an element of its own": "<app-shell></app-shell><script src='/app.js'></script>",
}


@pytest.mark.parametrize("body", BARELY.values(), ids=BARELY)
@pytest.mark.parametrize(("link", "title"), BRANDS.items())
def test_a_script_that_could_draw_anything_is_no_document(link: str, title: str, body: str) -> None:
    doubt = doubt_of(link, page(title, body=body, at=link))
    assert doubt is not None
    assert NOT_TOLD in doubt
    assert "a title like the activity's" in doubt


@pytest.mark.parametrize(("link", "title"), BRANDS.items())
def test_a_script_draws_the_document_that_its_page_names(link: str, title: str) -> None:
    for named in (f"A guide | {title}", f"{title} - a  GUIDE"):
        assert doubt_of(link, page(named, body=SHELL, at=link)) is None
    assert doubt_of(link, page(title, head=og("A guide"), body=SHELL, at=link)) is None
    assert doubt_of(link, page(title, body=f"<h1>A guide</h1>{SHELL}", at=link)) is None


@pytest.mark.parametrize(
    ("title", "name", "is_named"),
    [
        ("A map for walkers", "Map for walkers (draft) – Miro", True),
        ("A map for walkers", "Walkers", True),
        ("A map for walkers", "The map of roads, rivers, and everything else", False),
        ("Une carte à pied", "UNE CARTE A PIED | Miro", True),
        ("A design tool", "Design tool | Miro", False),
        ("A React app", "React App", False),
        ("Board 1", "1", False),
        ("Clinic", "Your clinic, your team, your whiteboard", False),
        ("Sketches of clinics, hospitals, rivers and roads", "Rivers, roads, and cars", False),
        ("Miro", "Miro", False),
        ("", "", False),
    ],
)
def test_a_name_says_again_what_the_student_says(title: str, name: str, is_named: bool) -> None:
    link = "https://miro.com/app/board/x"
    assert Wanted(title, (link, link)).is_named_in([name]) is is_named


def test_an_address_tells_what_a_document_is_called() -> None:
    link = "https://trello.com/b/x1/clinic-intake"
    assert doubt_of(link, page("Clinic intake | Trello", body=SHELL, at=link)) is None
    assert doubt_of(link, page("Trello", body=SHELL, at=link)) is not None


YOUTUBE, VIMEO = "https://www.youtube.com/watch?v=1", "https://vimeo.com/1"
ONEDRIVE = "https://ada-my.sharepoint.com/:w:/g/1"
ADVERTISEMENTS = [
    (SITE, "The AI workspace that works for you. | Notion"),
    (SITE, "Your connected workspace for wiki, docs & projects | Notion"),
    (SITE, "Notion: everything in one place"),
    (FIGMA, "Design tool | Figma"),
    (FIGMA, "Figma: The Collaborative Interface Design Tool"),
    (FIGMA, "Where the world builds | Figma"),
    (ONEDRIVE, "Sharing Link Validation"),
    (ONEDRIVE, "Something went wrong"),
    (ONEDRIVE, "OneDrive"),
    (YOUTUBE, " - YouTube"),
    (YOUTUBE, "YouTube"),
    (VIMEO, "Private Video on Vimeo"),
    (VIMEO, "The all-in-one video solution | Vimeo"),
    (BEHANCE, "Behance :: Best of Behance"),
    (DROPBOX, "Dropbox - Error - Simplify your life"),
    (DOC, "Error - Google Docs"),
    (DOC, "Google Docs: Online Document Editor"),
]


@pytest.mark.parametrize("text", ["", MARKETING])
@pytest.mark.parametrize(("link", "title"), ADVERTISEMENTS)
def test_what_a_platform_says_of_itself_names_no_document(link: str, title: str, text: str) -> None:
    if link == DOC and text:
        # A published document of Google's is there without a script.
        return
    for answer in (page(title, text, body=SHELL), page("", text, head=og(title), body=SHELL)):
        doubt = doubt_of(link, at(link, answer))
        assert doubt is not None
        assert NOT_TOLD in doubt


NAMED = [
    (YOUTUBE, page("Five ways to sketch - YouTube", body=SHELL)),
    ("https://youtu.be/1", page("Five ways to sketch - YouTube", body=SHELL, at=YOUTUBE)),
    (VIMEO, page("Sketching on Vimeo", body=SHELL)),
    (DOC, page("Log - Google Docs", head=og("Study log"), body=SHELL)),
    (DOC + "/pub", page("Clinic", MARKETING)),
    ("https://sites.google.com/view/ada", page("Ada", "Two maps.")),
    (ONEDRIVE, page("clinic.docx", body=SHELL)),
    (SITE, page("Clinic", body=SHELL)),
    (
        NOTION,
        page("Notion", head=og("Maps | Notion"), body=SHELL, at="https://www.notion.so/Maps-1"),
    ),
    (FIGMA, page("Clinic | Figma", body=SHELL)),
    (FIGMA, page("Figma", head=og("Intake, second round"), body=SHELL)),
    (REPOSITORY, page("work/README.md at main · ada/work · GitHub", "Readme", body=SHELL)),
]  # fmt: skip


@pytest.mark.parametrize(("link", "answer"), NAMED)
def test_a_platforms_page_that_names_the_document_counts(link: str, answer: Page) -> None:
    assert doubt_of(link, at(answer.url or link, answer)) is None


AWAY = {
    "https://board.example/?error=private": "about an error",
    "https://board.example/?message=private": "front page",
    "https://board.example/": "front page",
    "https://board.example/index.html": "front page",
    "https://board.example/en/": "front page",
    "https://parked.example/": "front page",
    "https://parked.example/?domain=board.example": "front page",
    "https://board.example/404": "about an error",
    "https://board.example/errors/not-found.html": "about an error",
    "https://board.example/boards?error=private": "about an error",
    "https://board.example/welcome?next=%2Fb%2F1": "in front of the document",
    "https://else.example/gate?to=https%253A%252F%252Fboard.example%252Fb%252F1": "in front of",
}


@pytest.mark.parametrize(("final", "why"), AWAY.items())
def test_an_address_that_leads_away_shows_no_document(final: str, why: str) -> None:
    doubt = doubt_of(BOARD, page("Tool", MARKETING, at=final))
    assert doubt is not None
    assert why in doubt
    assert doubt.endswith(SHARE)


@pytest.mark.parametrize(
    ("link", "final"),
    [
        ("https://ada.example/", "https://parked.example/"),
        ("https://ada.example/?p=12", "https://ada.example/"),
        ("https://ada.example/work", "https://ada.example/?p=12"),
    ],
)
def test_a_front_page_in_the_documents_stead_counts_if_it_names_it(link: str, final: str) -> None:
    doubt = doubt_of(link, page("For sale", MARKETING, at=final))
    assert doubt is not None
    assert "front page" in doubt
    assert doubt_of(link, page("A guide", MARKETING, at=final)) is None


@pytest.mark.parametrize(
    ("link", "final"),
    [
        ("https://ada.example/", "https://www.ada.example/"),
        ("https://ada.example/", "https://ada.example/home"),
        ("https://ada.example/?p=12", "https://ada.example/?p=12&lang=en"),
        ("https://ada.example/?p=12", "https://ada.example/work"),
        ("https://ada.example/work", "https://work.example/ada"),
        ("https://ada.example/404", "https://ada.example/404/"),
        ("https://ada.example/b", "https://ada.example/x?from=/board"),
        ("https://ada.example/study", "https://login-study.ada.example/a"),
        ("https://auth.ada.example/a", "https://auth.ada.example/b"),
        ("https://bit.ly/x", "https://ada.example/"),
    ],
)
def test_an_address_that_moved_counts(link: str, final: str) -> None:
    assert doubt_of(link, page("My work", MARKETING, at=final)) is None


REFUSALS = [
    ('{"error":"unauthorized"}', "application/json"),
    ('{"error":"unauthorized"}', "text/html"),
    ('{"error": {"message": "No", "id": "' + "x" * 300 + '"}}', "application/json"),
    ('{"status": 403, "path": "' + "x" * 300 + '"}', "application/json"),
    ('{"message": "Not Found", "documentation_url": "' + "x" * 300 + '"}', "application/json"),
    ('[{"code": "PERMISSION_DENIED", "more": "' + "x" * 300 + '"}]', ""),
    ('{"detail":"Authentication credentials were not provided."}', "application/json"),
    (
        "<?xml version='1.0'?>\n<Error><Code>AccessDenied</Code><RequestId>"
        + "x" * 300 + "</RequestId></Error>",
        "application/xml",
    ),
    ("<Error><Code>NoSuchKey</Code></Error>", "text/xml"),
    ("Access denied", "text/plain"),
    ("404 Not Found", "text/plain"),
    ("403 Forbidden\n", "application/pdf"),
    ("You need access", "text/plain"),
    ("Unauthorized", "text/html"),
    ('{"ok": false, "why": "team_access_not_granted"}', "application/json"),
    ('{"error": "team_access_not_granted", "more": "' + "x" * 300 + '"}', "text/html"),
    ("Sorry, this page isn\u2019t available.", "text/html"),
    ("<html><title>A guide</title>This account was suspended</html>", "text/html"),
    ("<html><body><center>403 Forbidden</center><hr>nginx</body></html>", "text/html"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "media"), REFUSALS)
def test_an_error_in_a_few_words_is_no_document(body: str, media: str) -> None:
    doubt = doubt_of(OWN, Page(OWN, body.encode(), media))
    assert doubt is not None
    assert doubt.endswith(SHARE)


WORKS = [
    ('{"name": "Clinic", "layers": [{"id": 1, "label": "Page not found"}], "more": "'
     + "x" * 300 + '"}', "application/json"),
    ('{"errors": [], "layers": ["' + "x" * 300 + '"]}', "application/json"),
    ('{"error": null, "layers": []}', "application/json"),
    ('{"ok": true, "layers": []}', "application/json"),
    ('{"colors": {"error": "#c00", "denied": "#900"}}', "application/json"),
    ('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', "image/svg+xml"),
    ("# Interviews\n\nFive people, and what they do when a page is not found. " + "x" * 300,
     "text/plain"),
    ("Interview 1: she keeps her notes in a drawer.", "text/plain"),
    ("\0\0\0\x18ftypmp42 access denied", "video/mp4"),
    ("ID3 forbidden", "audio/mpeg"),
    ("a,b\n1,2\n", "text/csv"),
    ("x" * 5000 + " not found", "text/plain"),
    ('{"message": "' + "x" * 5000 + ' not found"}', "application/json"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "media"), WORKS)
def test_a_work_that_is_no_page_counts(body: str, media: str) -> None:
    assert doubt_of(OWN, Page(OWN, body.encode(), media)) is None


STUDY = "How people sign in, and where they give up. " * 30
COUNTER = "<script src='/count.js'></script>"
PAGES = {
    "a few words": page("Ada", "Two maps."),
    "a few words and a counter": page("Ada", "Two maps.", body=f"<h1>Maps</h1>{COUNTER}"),
    "comments that need a script": page(
        "Ada", "Two maps.",
        body=f"<h1>Maps</h1><noscript>Enable JavaScript to comment</noscript>{COUNTER}",
    ),
    "a picture": page("Ada", body=f'<img src="/map.png">{COUNTER}'),
    "letters to subscribe to": page("Ada", "Two maps.", body=f"<h1>Maps</h1>{EMAIL}"),
    "a link to log in": page("Ada", STUDY, body='<a href="/login">Log in</a>'),
    "a study with a login to look at": page(
        "Signing in: what I learned", STUDY, body="<form><input type=password></form>"
    ),
    "a study with a login that works": page(
        "How to sign in without a password", STUDY,
        body="<input type=password><button>Log in</button>",
    ),
    "a study by the activity's name": page(
        "A guide", STUDY, body="<input type=password><button>Log in</button>"
    ),
    "a study with a date": page(
        "Ada", STUDY, head='<meta property="article:published_time" content="2026-11-17">',
        body="<h2>Log in</h2><input type=password>",
    ),
    "a study of buttons": page("Buttons", f"Continue with Google, or without. {STUDY}"),
    "a page that is read again": page(
        "Ada", STUDY,
        head='<meta http-equiv="refresh" content="300">'
        '<meta http-equiv="refresh" content="3;url=/work">',
    ),
    "a page that ends after a while": page(
        "Ada", "Two maps.", head='<meta http-equiv="refresh" content="1800;url=/login">'
    ),
    "a page for those without scripts": page(
        "Ada", "Two maps.",
        head='<noscript><meta http-equiv="refresh" content="0;url=/plain"></noscript>',
    ),
    "a script for a button": page("Ada", STUDY, body="<script>location.href='/login'</script>"),
    "a script that asks where it is": page(
        "Ada", "Two maps.", body="<h1>Maps</h1><script>if (location.href == '/login') x()</script>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("answer", PAGES.values(), ids=PAGES)
def test_an_ordinary_page_counts(answer: Page) -> None:
    assert doubt_of(OWN, at(OWN, answer)) is None


def test_a_page_that_leads_on_says_to_link_there() -> None:
    head = '<meta http-equiv="refresh" content="0; url=https://ada.example/new">'
    doubt = doubt_of(OWN, page("A guide", head=head, at=OWN))
    assert doubt is not None
    assert "leads on to another; link to that one" in doubt


# --- what is private ---------------------------------------------------------------------------

PLACES = [OWN, SITE, NOTION, REPOSITORY, FIGMA, DOC, DROPBOX, BEHANCE, "https://linkedin.com/x"]


@pytest.mark.parametrize("answer", [404, 410, 401, 403, 999, 202])
def test_of_a_secret_link_the_same_is_said_wherever_it_leads(answer: int) -> None:
    found = {repr(of_link("env:LINK", answer, LINK=link).items[0].doubt) for link in PLACES}
    assert len(found) == 1
    assert str(answer) not in found.pop()


def test_a_secret_link_that_is_gone_is_unknown() -> None:
    found = of_link("env:LINK", 404, LINK=OWN)
    assert judged(found).verdict is Verdict.UNKNOWN
    (item,) = found.items
    assert item.doubt == f"its link says that there is nothing; {SHARE}"


@pytest.mark.parametrize(
    "text",
    [
        '<meta http-equiv="refresh" content="' + " " * 4000 + '">',
        "<script>" + "location.href=" * 1400 + "</script>",
        "<button>" + "continue with " * 20 + "</button>" * 100,
        "<title>" + "log in to " * 500 + "</title>",
        "<p>" + "x" * 600 + "</p>" + "<h1>a - b | " * 2000,
        "<div>" * 12_000,
        "<div id=a></div>" * 8000 + "<script>",
    ],
)
def test_a_hostile_page_is_read_in_no_time(text: str) -> None:
    begun = time.monotonic()
    of_link(BOARD, Page(BOARD, text.encode(), "text/html"))
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize(
    "text", ['{"' * 2000, "<?xml" * 800, '{"a":' * 800, " " * 4000, "<!--" * 250]
)
def test_a_hostile_answer_is_read_in_no_time(text: str) -> None:
    begun = time.monotonic()
    of_link(BOARD, Page(BOARD, text.encode(), "application/json"))
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize(
    "said",
    [
        "Ada.example is for sale. Buy this domain",
        "Coming soon",
        "This site is under construction",
        "Welcome to nginx!",
        "Oops. We couldn't find the page you were looking for",
        "Index of /",
        "InVision has shut down",
        "This form can only be viewed by users in the owner's organization",
    ],
)
def test_a_page_that_stands_in_for_the_document_is_not_it(said: str) -> None:
    body = f"<title>Ada</title><p>{said}</p>"
    assert doubt_of(OWN, Page(OWN, body.encode(), "text/html")) is not None
