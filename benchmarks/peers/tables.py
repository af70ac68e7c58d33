"""The results as the Markdown tables that README.md and benchmarks/README.md show, put there by the program, not by hand."""
import re
import sys

BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"

ACCURACY = [
    ("set", lambda row: row["set"]),
    ("program", lambda row: row["program"]),
    ("mapped", lambda row: f"{row['mapped']:.4f}"),
    ("right place", lambda row: f"{row['right_place']:.4f}"),
    ("both ends exact", lambda row: f"{row['exact_ends']:.4f}"),
    ("at MAPQ 60", lambda row: f"{row['mapq60']:,}"),
    ("wrong among them", lambda row: f"{row['mapq60_wrong']:,}"),
]
COST = [
    ("set", lambda row: row["set"]),
    ("program", lambda row: row["program"]),
    ("align, CPU s", lambda row: f"{row['cpu']:.2f}"),
    ("times weft's", lambda row: f"{row['cpu_ratio']:.2f}"),
    ("wall s", lambda row: f"{row['wall']:.2f}"),
    ("private MiB", lambda row: f"{row['private']:,.0f}"),
    ("shared MiB", lambda row: f"{row['shared']:,.0f}"),
    ("one query, ms", lambda row: f"{1000 * row['start_wall']:,.0f}"),
    ("index build, CPU s", lambda row: f"{row['build_cpu']:.2f}"),
    ("index, MiB", lambda row: f"{row['index_mib']:,.0f}"),
]


def table(columns, rows):
    lines = [[title for title, _ in columns], ["---"] * 2 + ["---:"] * (len(columns) - 2)]
    lines += [[show(row) for _, show in columns] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def markdown(rows):
    return table(ACCURACY, rows) + "\n\n" + table(COST, rows)


def replace_in(document, rows):
    """Replaces what stands between the marks of a document."""
    text = document.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(text):
        sys.exit(f"{document} has no place for the tables: {BEGIN} and {END}")
    document.write_text(pattern.sub(lambda _: f"{BEGIN}\n{markdown(rows)}\n{END}", text), encoding="utf-8")
