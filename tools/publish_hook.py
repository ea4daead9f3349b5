"""Has MkDocs' own server show what runnable.site.publish adds: only mkdocs-serve.yml names it."""

from mkdocs.config.defaults import MkDocsConfig

from runnable.site.publish import publish


def on_post_build(config: MkDocsConfig) -> None:
    """Add it to the folder that is served."""
    publish(config, live_reload=True)
