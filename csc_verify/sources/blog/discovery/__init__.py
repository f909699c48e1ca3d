"""From an address to the feeds and pages to ask. Pure: nothing is asked here.

::

    address ──> places ──────────────────────┐
    page ─────> tags ──> markup ──> visits ──┴──> platforms   shared_hosts, own_hosts, videos
                             └────> feed_links    comments, feed_addresses, posts
                                        └────────> planning ──> Plan
    feed ─────> reaching_back                     older entries of it
    robots.txt  robots                            whether a page may be asked at all

A student gives whatever address they have: a site, a profile, a channel, a feed, one post. First
:func:`plan` says what the address itself tells; with the page that it answered, it says more.
"""

from csc_verify.sources.blog.discovery.feed_links import FeedLink, Kind, Strength, links
from csc_verify.sources.blog.discovery.places import same_site
from csc_verify.sources.blog.discovery.planning import Candidate, Plan, plan
from csc_verify.sources.blog.discovery.platforms import PLATFORMS, Closed, Platform
from csc_verify.sources.blog.discovery.posts import is_single_post
from csc_verify.sources.blog.discovery.reaching_back import ranges
from csc_verify.sources.blog.discovery.robots import may_fetch

__all__ = [
    "PLATFORMS",
    "Candidate",
    "Closed",
    "FeedLink",
    "Kind",
    "Plan",
    "Platform",
    "Strength",
    "is_single_post",
    "links",
    "may_fetch",
    "plan",
    "ranges",
    "same_site",
]
