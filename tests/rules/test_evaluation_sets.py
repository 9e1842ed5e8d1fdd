"""Public evaluation sets are read by their form, whatever they are called: small files made here."""

from __future__ import annotations

import json

import pytest

from benchmarks import questions
from benchmarks.questions import Asked, Paragraph
from benchmarks.text import readers

DRCD = {
    "version": "1.3",
    "data": [
        {
            "title": "包河區",
            "id": "1",
            "paragraphs": [
                {
                    "id": "1-1",
                    "context": "包河區位於合肥市東南部。",
                    "qas": [
                        {
                            "id": "1-1-1",
                            "question": "包河區在哪裡？",
                            "answers": [{"id": "1", "text": "合肥市東南部", "answer_start": 5}],
                        }
                    ],
                }
            ],
        }
    ],
}
CMRC_FLAT = [
    {
        "context_id": "DEV_0",
        "context_text": "路灯管理处成立于1985年。",
        "title": "路灯管理处",
        "qas": [
            {"query_id": "DEV_0_Q1", "query_text": "路灯管理处哪年成立？", "answers": ["1985年", "1985"]},
            {"query_id": "DEV_0_Q2", "query_text": "1985年成立了什么？", "answers": ["路灯管理处"]},
        ],
    }
]


def test_questions_are_read_from_articles_and_from_a_list_of_contexts(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(DRCD), "utf-8")
    (tmp_path / "b.json").write_text("\ufeff" + json.dumps(CMRC_FLAT, ensure_ascii=False), "utf-8")
    (tmp_path / "c.json").write_text('[{"original_text": "一", "correct_text": "二"}]', "utf-8")
    (tmp_path / "d.json").write_text("no JSON", "utf-8")
    read = {name: (paragraphs, put) for name, paragraphs, put in questions.sets(tmp_path)}
    assert read == {
        "a.json": (
            [Paragraph("包河區", "包河區位於合肥市東南部。")],
            [Asked("包河區在哪裡？", frozenset({0}))],
        ),
        "b.json": (
            [Paragraph("路灯管理处", "路灯管理处成立于1985年。")],
            [Asked("路灯管理处哪年成立？", frozenset({0})), Asked("1985年成立了什么？", frozenset({0}))],
        ),
    }


def test_one_question_to_two_paragraphs_has_two_answers(tmp_path):
    contexts = [
        {**CMRC_FLAT[0], "context_text": text} for text in ("甲处成立于1985年。", "乙处成立于1985年。")
    ]
    (tmp_path / "set.json").write_text(json.dumps(contexts), "utf-8")
    _name, paragraphs, put = next(questions.sets(tmp_path))
    assert len(paragraphs) == 2
    assert all(each.answers == {0, 1} for each in put)


CLUENER = (
    '{"text": "张三和李四到浙商银行", "label": {"name": {"张三": [[0, 1]], "李四": [[3, 4]]},'
    ' "company": {"浙商银行": [[6, 9]]}}}\n'
    '{"text": "今天无人", "label": {}}\n'
)
NAMED = {"张三": (0, 2), "李四": (3, 5)}


def conll(tags: str, apart: str = " ", end: str = "\n") -> str:
    return (
        end.join(f"{a}{apart}{tag}" for a, tag in zip("张三和李四到", tags.split(), strict=True)) + end + end
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("dev.json", CLUENER),
        ("msra.txt", conll("B-PER I-PER O B-PER I-PER O", "\t")),
        ("weibo.bmes", conll("B-PER.NAM E-PER.NAM O B-PER.NAM E-PER.NAM O")),
        ("test", conll("B-NR E-NR O B-NR E-NR O", end="\r\n")),
        ("bioes.conll", "\ufeff" + conll("B-name E-name O B-name E-name O")),
        ("turned.txt", conll("PER-B PER-E O PER-B PER-E O")),
    ],
)
def test_names_are_read_from_each_form(tmp_path, name, written):
    (tmp_path / name).write_bytes(written.encode())
    ((found, sentences),) = readers.named_sets(tmp_path)
    assert found == name
    assert sentences[0].names == set(NAMED.values())
    assert {sentences[0].text[start:end] for start, end in sentences[0].names} == set(NAMED)


def test_a_name_of_one_character_and_two_that_touch_are_told_apart(tmp_path):
    (tmp_path / "a.txt").write_text("王 S-PER\n李 B-PER\n四 E-PER\n张 B-PER\n三 I-PER\n", "utf-8")
    ((_name, sentences),) = readers.named_sets(tmp_path)
    assert sentences[0].names == {(0, 1), (1, 3), (3, 5)}


def test_what_is_called_by_a_kind_of_person_is_no_name(tmp_path):
    (tmp_path / "a.txt").write_text("我 O\n妈 B-PER.NOM\n找 O\n张 B-PER.NAM\n三 I-PER.NAM\n", "utf-8")
    ((_name, sentences),) = readers.named_sets(tmp_path)
    assert sentences[0].names == {(3, 5)}


WRONG, RIGHT = "他在公圆里散布很久。", "他在公园里散步很久。"
PAIR = [(WRONG, RIGHT), ("路灯坏了。", "路灯坏了。")]


def test_misspelt_sentences_are_read_from_lines_and_from_json(tmp_path):
    (tmp_path / "a.tsv").write_text("".join(f"{n}\t{a}\t{b}\n" for n, (a, b) in enumerate(PAIR)), "utf-8")
    rows = [{"id": str(n), "original_text": a, "correct_text": b} for n, (a, b) in enumerate(PAIR)]
    (tmp_path / "b.json").write_text(json.dumps(rows), "utf-8")
    assert dict(readers.misspelt_sets(tmp_path)) == {"a.tsv": [PAIR[0], PAIR[1]], "b.json": PAIR}


def test_misspelt_sentences_are_read_from_the_marked_training_sets(tmp_path):
    marked = (
        f'<ESSAY title="x">\n<TEXT>\n<PASSAGE id="A1-1">{WRONG}</PASSAGE>\n'
        '<PASSAGE id="A1-2">路灯坏了。</PASSAGE>\n</TEXT>\n<MISTAKE id="A1-1" location="4">\n'
        "<WRONG>公圆</WRONG>\n<CORRECTION>公园</CORRECTION>\n</MISTAKE>\n"
        '<MISTAKE id="A1-1" location="7">\n'
        "<WRONG>散布</WRONG>\n<CORRECTION>散步</CORRECTION>\n</MISTAKE>\n</ESSAY>\n"
    )
    (tmp_path / "train.sgml").write_text(marked, "utf-8")
    assert dict(readers.misspelt_sets(tmp_path)) == {"train.sgml": PAIR}


def test_misspelt_sentences_are_read_from_a_test_set_and_its_truth(tmp_path):
    (tmp_path / "Test_Input.txt").write_text(f"(NID=B1-1)\t{WRONG}\n(NID=B1-2)\t路灯坏了。\n", "utf-8")
    (tmp_path / "Test_Truth.txt").write_text("B1-1, 4, 园, 7, 步\nB1-2, 0\n", "utf-8")
    assert dict(readers.misspelt_sets(tmp_path)) == {"Test_Input.txt": PAIR}


def test_sentences_cut_into_words_are_known_from_other_prose(tmp_path):
    (tmp_path / "gold.utf8").write_text("城市 管理 局 的 路灯 坏 了 。\n工人 很 快 修 好 。\n", "utf-8")
    (tmp_path / "prose.txt").write_text("城市管理局的路灯坏了。\n工人很快修好。\n", "utf-8")
    ((name, lines),) = readers.cut_sets(tmp_path)
    assert name == "gold.utf8"
    assert lines[1] == ["工人", "很", "快", "修", "好", "。"]
