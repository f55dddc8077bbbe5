"""What a shell would have done is found, and nothing else is."""

from __future__ import annotations

import pytest

from tui.spec.shell_syntax import shell_pieces


@pytest.mark.parametrize(
    ("command", "pieces"),
    [
        ("python a.py | tee log", ("|",)),
        ("pip install trl && python a.py", ("&&",)),
        ("pip install trl&&python a.py", ("&&",)),
        ("make || true", ("||",)),
        ("pip install trl; python a.py", (";",)),
        ("pip install trl ; python a.py", (";",)),
        ("python a.py > out.log", (">",)),
        ("python a.py >out.log 2>&1", (">out.log", "2>&1")),
        ("python a.py >> out.log", (">>",)),
        ("python a.py 2>/dev/null", ("2>/dev/null",)),
        ("python a.py &> all.log", ("&>",)),
        ("python a.py < in.txt", ("<",)),
        ("python a.py <in.txt", ("<in.txt",)),
        ("cat <<EOF", ("<<EOF",)),
        ("diff <(ls a) b", ("<(ls",)),
        ("sleep 9 &", ("&",)),
        ("echo $HOME", ("$HOME",)),
        ('echo "$HOME/x"', ("$HOME",)),
        ("echo ${HOME}", ("${HOME}",)),
        ("echo ${HOME:-x}", ("${HOME:-x}",)),
        ("train --dir $OUT/run", ("$OUT",)),
        ("echo $(date)", ("$(date)",)),
        ("echo `date`", ("`date`",)),
        ("ls *.py", ("*.py",)),
        ("cat data/*.csv", ("data/*.csv",)),
        ("rm -rf /tmp/*", ("/tmp/*",)),
        ("ls file?.txt", ("file?.txt",)),
        ("cd /app", ("cd",)),
        ("export A=1", ("export",)),
        ("CUDA_VISIBLE_DEVICES=0 python a.py", ("CUDA_VISIBLE_DEVICES=…",)),
        ("cd /app && ls *.py | wc -l > n; echo $A", ("cd", "&&", "*.py", "|", "$A")),
    ],
)
def test_what_only_a_shell_understands_is_found(command: str, pieces: tuple[str, ...]) -> None:
    found = shell_pieces(command)
    assert set(pieces) <= set(found)
    assert len(found) == len(pieces) or command.startswith("cd /app &&")


@pytest.mark.parametrize(
    "command",
    [
        "",
        "python train.py --lr 2e-4 --name a.b-c_d",
        # Addresses
        "curl https://x.org/?a=1&b=2",
        "curl https://x.org/?a=1&&b=2",
        "wget http://x.org/a?b=*&c",
        "python a.py --url=https://x.org/a;b?c=$",
        "git clone https://user@x.org/a.git",
        # JSON and templates
        """python a.py '{"a": 1, "b": [1, 2]}'""",
        """python a.py --config '{"lr": "$LR", "x": "a|b; c > d"}'""",
        r'''python a.py "{\"a\": 1}"''',
        "python a.py {a,b}",
        "echo {} {{ x }}",
        # Code for an interpreter, which gets it as it stands
        """python -c "import re; print(re.sub('a$|b*', '', 'x') and 1 > 0 & 1)" """,
        "python -c \"print(f'${x} `y`')\"",
        'python3 -uc "a = 1; b = a | 2"',
        'perl -e "print $x; print @ARGV"',
        'node -e "console.log(`${1}`)"',
        'bash -c "echo $HOME && ls *.py | wc"',
        "sh -c 'cd /app && ls'",
        'bash -lc "source x; run"',
        # Regexes and patterns in quotes
        "grep -E 'a|b' x.txt",
        "grep 'a.*b$' x.txt",
        "awk '{print $1}' x.txt",
        "sed 's/$HOME/x/;s/a/b/' x.txt",
        r"find . -name '*.py' -exec cat {} \;",
        "find . -name *.py",
        r"echo \$HOME \| \* \`",
        "echo 'a && b' \"c; d\"",
        # Patterns that are for the program
        "hf download a/b --include *.json --exclude *.bin",
        "hf download a/b --include=*.json",
        # Things with such characters in them
        "pip install torch>=2 trl[peft] 'x<3'",
        "uv pip install numpy>1.2",
        "python a.py --min >=2 --max <3",
        "python a.py model.layers=[1,2] +x=* lr=1e-4,1e-5",
        "python a.py --prompt what? --sum 3*4",
        "python a.py --price $5 cost$ $",
        "python a.py --token <your-token>",
        "python a.py --arrow a->b a=>b",
        "python a.py R&D AT&T a|b a;b",
        "find . -exec cat {} ;",
        "echo done;",
        "python -m pkg.mod --x=1",
        "python a.py --opt=VALUE NAME=x",
        "./run.sh",
    ],
)
def test_nothing_else_is(command: str) -> None:
    assert shell_pieces(command) == ()
