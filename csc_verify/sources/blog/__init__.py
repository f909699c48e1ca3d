"""Posts of a blog, found from whatever address of it there is.

::

    address ──> looking.py ── asks by web.py
                  a feed?   feeds/      ──> from_feed.py ──┐
                  a page?   pages/      ──> from_page.py ──┼──> following.py ──> Look
                     │      discovery/ says what else to ask                       │
                     └──> its feed                                                 v
                                            Evidence with notes <── advising.py, advice/

What a server sends decides, not what it calls it. A feed that is too short is asked for older
pages; a site's feed is compared with its page, since feeds go stale; a post whose date is open is
asked for its own page. Every fetch is bounded, and what nobody can tell is a reason for
``unknown``. Advice comes last, and no verdict depends on it.
"""

from csc_verify.sources.blog.advice import Writer, is_own
from csc_verify.sources.blog.advising import advise
from csc_verify.sources.blog.looking import Look, look
from csc_verify.sources.blog.web import Web

__all__ = ["Look", "Web", "Writer", "advise", "is_own", "look"]
