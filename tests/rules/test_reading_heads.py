"""Who issued a text that does not say so: the folder in which a collection of laws keeps it."""

from __future__ import annotations

import pytest

from sunshine.work.documents.reading import heads


@pytest.mark.parametrize(
    ("name", "title", "issuer"),
    [
        ("行政法规/价格管理条例(1987-09-10).md", "价格管理条例", "国务院"),
        ("部门规章/公安部/机动车登记规定.md", "机动车登记规定", "公安部"),
        ("部门规章/登记规定.md", "登记规定", ""),
        ("DLC/地方性法规/上海/上海市养犬管理条例.md", "上海市养犬管理条例", "上海市人民代表大会常务委员会"),
        (
            "DLC/地方性法规/上海/上海市人民代表大会关于代表议案的规定.md",
            "上海市人民代表大会关于代表议案的规定",
            "上海市人民代表大会",
        ),
        ("经济法/预算法.md", "预算法", ""),
        ("养犬管理条例.md", "上海市养犬管理条例", ""),
    ],
)
def test_the_folder_of_a_collection_names_the_issuer(name: str, title: str, issuer: str):
    assert heads.issuer_of_folder(name, title) == issuer
