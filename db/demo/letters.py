"""What the invented office has written for its letters, so that each can be printed."""

from __future__ import annotations

from collections.abc import Mapping

from db.cases.organs import OrganFact
from db.law.event import Event, replaced
from db.law.letters import asked_for, letters_of
from db.words.vocabulary import FeeBasis

ORGAN_FACTS = {
    OrganFact.ADDRESS: "云溪县中山路1号",
    OrganFact.POSTCODE: "354000",
    OrganFact.PHONE: "0599-1234567",
    OrganFact.REVIEWING_BODY: "云溪县人民政府",
    OrganFact.COURT: "云溪县人民法院",
}

_PAGES, _ITEMS = 50, 11
"""What makes the amounts that the invented notices ask for."""
_TEXTS: Mapping[str, str] = {
    "补正事项": "请写明所需政府信息的名称、文号，或者便于查询的其他特征性描述。",
    "延期原因": "申请涉及的档案年代较久，需要逐卷查找。",
    "数量和频次": "自本年1月至本月，已向本机关提出申请46件。",
    "决定公开的内容和理由": "决定公开上述信息中由财政资金支付的部分；该部分关系公众监督，不公开可能对公共利益造成重大影响。",
    "缴纳方式": "缴入云溪县财政局非税收入专户，注明申请编号。",
    "不公开部分的理由": "3.3.4",
    "不予公开的部分": "其中的个人姓名、身份证号码和银行账号。",
    "检索情况": "本机关检索了电子档案系统、档案室目录和承办科室留存的材料，没有查到。",
    "此前的答复": "本机关此前已就同一内容的申请作出答复。",
    "查询途径": "请依照《不动产登记资料查询暂行办法》，到云溪县不动产登记中心查询。",
    "获取途径": "云溪县图书馆，或者云溪县人民政府公报网站。",
    "反映渠道": "云溪县信访局，电话0599-7654321。",
    "提供或获取方式": "随本告知书提供复制件一份。",
}
_REASONS: Mapping[str, str] = {
    "3.2": "该部分内容能够识别特定自然人，权利人不同意公开。",
    "3.3.1": "该文件经确定为国家秘密，尚未解密。",
    "3.3.2": "有关法律、行政法规规定该类信息应当保密。",
    "3.3.3": "该信息涉及重要设施的布防，公开后可能被用于破坏活动。",
    "3.3.4": "本机关书面征求了第三方的意见，第三方不同意公开，理由成立。",
    "3.3.5": "该信息是本机关内部的人员分工和考勤安排，对外不产生影响。",
    "3.3.6": "该信息是有关决定作出前的讨论记录，不是最终结果。",
    "3.3.7": "该信息是本机关行政处罚案卷中的询问笔录和调查材料。",
    "3.4.2": "本机关没有该口径的汇总材料，需要从各业务台账中另行统计。",
    "3.4.3": "补正后的申请仍没有写明所需政府信息的名称、文号或者其他特征。",
    "3.5.4": "本机关已要求说明理由，所说明的理由不合理。",
    "3.5.5": "该信息本机关此前已经提供。",
    "3.6.3": "申请人同时向有权机关提出同一请求，本件按有关规定转由该机关一并办理。",
}


def with_letter_facts(event: Event) -> Event:
    """The event with what its letter needs from the office."""
    told: dict[str, object] = {}
    for asked in (asked for kind in letters_of(event) for asked in asked_for(kind, event)):
        if asked.fact == "quantity":
            told[asked.fact] = _PAGES if event.basis is FeeBasis.BY_PAGE else _ITEMS
        elif asked.label == "查明和理由":
            told[asked.fact] = _REASONS[event.outcome or ""]
        elif asked.label in _TEXTS:
            told[asked.fact] = _TEXTS[asked.label]
    return replaced(event, **told)
