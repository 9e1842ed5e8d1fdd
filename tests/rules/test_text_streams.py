"""Posts that say nearly the same, key phrases, and the way into the other script and back."""

from __future__ import annotations

from sunshine.text import keywords, script, similarity


def test_a_forwarded_post_joins_the_cluster_of_the_first_one():
    clusters = similarity.Clusters()
    first = "滨湖新区徽州大道路灯坏了三天没人修，晚上很不安全"
    numbers = clusters.add([first, "今天天气真好，去公园走走", first + "[怒]", first[:-2]])
    assert numbers == [0, 1, 0, 0]


def test_a_cluster_keeps_its_number_when_more_posts_come():
    clusters = similarity.Clusters()
    first = "小区门口的垃圾桶满了没有人清理"
    assert clusters.add([first]) == [0]
    clusters.add([f"完全不同的第{n}条留言内容{n * 7919}" for n in range(500)])
    assert clusters.add([first + "！"]) == [0]


def test_the_memory_of_a_stream_has_a_bound():
    clusters = similarity.Clusters(kept=100)
    clusters.add([f"{n * 7919}号{n}楼{n * 31}室反映问题{n * 101}" for n in range(5000)])
    assert len(clusters) <= 100


def test_key_phrases_and_summary_say_where_they_stand():
    text = "城市管理局推进垃圾分类。垃圾分类工作由环卫处负责，垃圾分类示范区已经建成。天气晴朗。"
    phrases = keywords.phrases(text, 5)
    assert phrases[0].text == "垃圾分类"
    assert phrases[0].count == 3
    for each in phrases:
        assert text[each.start : each.end] == each.text
    for sentence in keywords.summary(text, 2):
        assert text[sentence.start : sentence.end] == sentence.text


def test_protected_names_keep_their_own_script():
    assert script.to_traditional_keeping("王后庄的发展", ["王后庄"]) == "王后庄的發展"


def test_what_does_not_come_back_from_the_other_script_is_named():
    text = "瞭望塔与乾隆年间的覆盖范围"
    for start, end, came in script.lost_on_return(text):
        assert text[start:end] != came
    assert script.lost_on_return("停车场管理办法由市政府发布") == []


def test_simplifying_by_character_keeps_every_place():
    text = "停車場管理辦法，後續發展"
    assert script.simplified_characters(text) == "停车场管理办法，后续发展"


def test_a_few_words_about_what_was_described_at_length_overlap_with_it():
    told = "望江路与潜山路交口的自来水主管爆裂，路面大量积水，请立即抢修。"
    assert similarity.overlap("望江路潜山路口水管爆裂，路面积水很深", told) > 0.5
    assert similarity.overlap("路灯不亮，请修理", told) < 0.2
    assert similarity.overlap(told, told) == 1
