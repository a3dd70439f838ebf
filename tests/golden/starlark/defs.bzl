load("@rules_python//python:defs.bzl", "py_test")

# Extensions of sources.
_EXTENSIONS = [".py", ".pyi"]

def _impl(ctx, strict = False):
    """Collects the sources of a target.

    Args:
      ctx: of the rule.
    """
    files = []
    for source in ctx.files.srcs:
        if source.extension in _EXTENSIONS or not strict:
            files.append(source)
        elif source.is_directory:
            fail("a folder: " + source.path)
    return [DefaultInfo(files = depset(files))]

sources = rule(
    implementation = _impl,
    attrs = {"srcs": attr.label_list(allow_files = True)},
)

def check(name, srcs, tags = [], **kwargs):
    """Makes a test of sources."""

    # The name tells what it is about.
    names = [s for s in srcs if s.endswith(".py") and s != name]

    def label(source):
        return ":" + source if source else ""

    py_test(
        name = name + "_test",
        srcs = [label(n) for n in names],
        tags = tags,
        **kwargs
    )

SourceInfo = provider(
    fields = ["files"],
)

collected = aspect(
    implementation = _impl,
    attr_aspects = ["deps"],
)

wrapped = macro(
    implementation = check,
)
