"""Traditional characters by phrases: districts of Shanghai, words of the law, and signs that part into two or three."""

import pytest

from tenants.districts import DISTRICTS
from tenants.languages import choose, traditional

WORDS = """
黄浦区 黃浦區, 徐汇区 徐匯區, 长宁区 長寧區, 静安区 靜安區, 普陀区 普陀區, 虹口区 虹口區,
杨浦区 楊浦區, 闵行区 閔行區, 宝山区 寶山區, 嘉定区 嘉定區, 浦东新区 浦東新區, 金山区 金山區,
松江区 松江區, 青浦区 青浦區, 奉贤区 奉賢區, 崇明区 崇明區, 周浦镇 周浦鎮, 法治体检 法治體檢,
复核 覆核, 行政复议 行政復議, 答复 答覆, 反复 反覆, 恢复 恢復, 重复 重複,
复印件 複印件, 公证 公證, 合同 合同, 劳动合同 勞動合同, 签发 簽發, 才能 才能,
征收 徵收, 特征 特徵, 征求意见 徵求意見, 法律援助 法律援助, 余额 餘額, 剩余 剩餘,
批准 批准, 准许 准許, 标准 標準, 准时 準時, 制度 制度, 制造 製造,
注册 註冊, 注销 註銷, 关注 關注, 面馆 麵館, 面条 麵條, 里面 裡面,
表面 表面, 公里 公里, 街里 街裡, 里弄 里弄, 后面 後面, 皇后 皇后,
干净 乾淨, 干部 幹部, 干涉 干涉, 发票 發票, 理发店 理髮店, 台风 颱風,
一台 一台, 平台 平台, 只有 只有, 一只 一隻, 借据 借據, 借资质 借資質,
占用 佔用, 独占 獨佔, 周末 週末, 周转 週轉, 冲突 衝突, 冲洗 沖洗,
采购 採購, 采光 採光, 系统 系統, 联系 聯繫, 关系 關係, 松了 鬆了,
老板 老闆, 雇佣 僱傭, 佣金 佣金, 计划 計劃, 划算 划算, 范围 範圍,
规范 規範, 收获 收穫, 获得 獲得, 尽快 儘快, 税务局 稅務局, 说明书 說明書,
卫生 衛生, 账户 賬戶, 群众 群眾, 启事 啟事, 脱保 脫保, 写明了 寫明了,
谷物 穀物, 茶几 茶几
"""
PAIRS = [pair.split() for pair in WORDS.replace("\n", " ").split(",")]


@pytest.mark.parametrize(("simplified", "expected"), PAIRS)
def test_a_word_is_written_as_its_readers_write_it(simplified, expected):
    assert traditional(simplified) == expected


def test_every_district_is_tried():
    assert {text["zh-Hans"] for text in DISTRICTS.values()} <= {simplified for simplified, _ in PAIRS}


def test_vocabulary_stays_that_of_the_place():
    assert traditional("合同信息以网络文件为准") == "合同信息以網絡文件為準"


def test_english_is_taken_as_it_is_written():
    assert choose({"zh-Hans": "面馆", "en": "Noodle shop"}, "en") == "Noodle shop"
