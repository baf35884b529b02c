"""The built-in letters: their words, paragraph by paragraph, with the fields in braces.

A line begins with what it is: `#` title, `@` 文号, `>` salutation, `=` organ, day and seal, `^` heading of
an enclosure (a new page); `?` begins what stands only if a condition holds, `/` ends it;
any other is a paragraph of the text. `|` breaks a line. Tables stand between the lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from db.words.letters import LetterKind


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns in millimetres, and its rows.

    A cell that is None belongs to the one left of it. `each` is a list of the fields of which each
    entry makes one more row, `row` what that row holds. `heads` rows are headings.
    """

    widths: Sequence[float]
    rows: Sequence[Sequence[str | None]]
    heights: Sequence[float] = ()
    heads: int = 0
    each: str = ""
    row: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A letter as it is written when the office has no template of its own."""

    name: str
    kind: LetterKind
    body: Sequence[str | Table] = field(default_factory=tuple)

    @property
    def file_name(self) -> str:
        return f"{self.name}.docx"


_REGULATION = "《中华人民共和国政府信息公开条例》"
_TOLD, _NOTIFIED = "特此告知。", "特此通知。"
"""A short end: it goes to the next page with the seal, when there is no room for both."""
_SIGNED = ("= {{ 机关 }}（印章）", "= {{ 日期 }}")


def _head(title: str, to: str = "{{ 申请人 }}") -> tuple[str, ...]:
    return (f"# {{{{ 机关 }}}}|{title}", "@ {{ 文号 }}", f"> {to}：")


_CAME = "{{ 来件 }}{{ 你 }}申请公开：{{ 申请内容 }}。"
_CONTACT = "{{ 联系 }}"

_ANSWERED = (
    *_head("政府信息公开{{ 重新 }}告知书"),
    _CAME,
    "? 重新",
    "依照{% if 重新令日期 %}{{ 重新令日期 }}生效的{% endif %}行政复议决定或者行政判决，本机关对该申请重新作出答复。",
    "/",
)
_SAID = ("? 文书内容", "{{ 文书内容 }}", "/")
_ENDED = ("{{ 救济 }}", _TOLD, *_SIGNED)

_LETTERS: Mapping[LetterKind, Sequence[str | Table]] = {
    LetterKind.RECEIPT: (
        *_head("政府信息公开申请登记回执"),
        _CAME,
        f"根据{_REGULATION}第三十一条的规定，{{{{ 收到日期 }}}}为收到申请之日，申请已经登记，编号为{{{{ 编号 }}}}。"
        f"根据第三十三条的规定，本机关将自收到申请之日起20个工作日内{{% if 初次期限 %}}（即{{{{ 初次期限 }}}}前）{{% endif %}}"
        "予以答复；需要补正、延长答复期限的，将另行告知。征求第三方和其他机关意见所需时间不计算在期限内。"
        "{% if 机关电话 %}查询办理情况，请致电{{ 机关电话 }}。{% endif %}",
        _TOLD,
        *_SIGNED,
    ),
    LetterKind.CLARIFICATION: (
        *_head("政府信息公开申请补正告知书"),
        _CAME,
        "经审查，{{ 你 }}的申请内容不明确，需要补正下列事项：",
        "{{ 文书内容 }}",
        f"根据{_REGULATION}第三十条的规定，请{{{{ 你 }}}}在{{{{ 限期 }}}}前补正，并将补正后的申请"
        "{% if 机关地址 %}交至或者寄至{{ 机关地址 }}{% if 机关邮编 %}（邮编{{ 机关邮编 }}）{% endif %}{% else %}提交本机关{% endif %}，注明编号{{ 编号 }}"
        "{% if 机关电话 %}；联系电话：{{ 机关电话 }}{% endif %}。",
        "答复期限自本机关收到补正的申请之日起计算。无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。",
        _TOLD,
        *_SIGNED,
    ),
    LetterKind.EXTENSION: (
        *_head("政府信息公开申请延期答复告知书"),
        _CAME,
        "? 文书内容",
        "因下列原因，本机关不能在原定期限内作出答复：{{ 文书内容 }}",
        "/",
        f"根据{_REGULATION}第三十三条第二款的规定，经本机关政府信息公开工作机构负责人同意，"
        "决定将答复期限延长{{ 延期工作日 }}个工作日{% if 答复期限 %}，至{{ 答复期限 }}{% endif %}。"
        "征求第三方和其他机关意见所需时间不计算在期限内。",
        _TOLD,
        *_SIGNED,
    ),
    LetterKind.DELAY: (
        *_head("政府信息公开申请延迟答复告知书"),
        _CAME,
        f"{{{{ 你 }}}}申请公开政府信息的数量、频次明显超过合理范围。经审查，{{{{ 你 }}}}申请的理由合理，但是本机关无法在{_REGULATION}"
        "第三十三条规定的期限内答复。{% if 文书内容 %}{{ 文书内容 }}{% endif %}",
        f"根据{_REGULATION}第三十五条的规定，本机关确定延迟答复，将在{{{{ 答复期限 }}}}前答复{{{{ 你 }}}}。",
        _TOLD,
        *_SIGNED,
    ),
    LetterKind.THIRD_PARTY: (
        *_head("征求第三方意见书", "{{ 对象 }}"),
        "本机关于{{ 收到日期 }}收到一件政府信息公开申请（编号{{ 编号 }}），其中申请公开的下列政府信息涉及{{ 对方 }}的合法权益：",
        "{{ 征求的信息 }}",
        f"根据{_REGULATION}第三十二条的规定，现书面征求{{{{ 对方 }}}}的意见。请{{% if 另定 %}}在{{{{ 限期 }}}}前{{% else %}}自收到本意见书之日起15个工作日内"
        "{% if 限期 %}（即{{ 限期 }}前）{% endif %}{% endif %}提出是否同意公开的意见，填写所附回复单交本机关；不同意公开的，请说明理由，并可以附上有关材料。",
        "{{ 对方 }}逾期未提出意见的，由本机关依照上述条例的规定决定是否公开。{{ 对方 }}不同意公开且有合理理由的，本机关不予公开；"
        "本机关认为不公开可能对公共利益造成重大影响的，可以决定予以公开，并将决定公开的政府信息内容和理由书面告知{{ 对方 }}。",
        _CONTACT,
        "附件：第三方意见回复单",
        *_SIGNED,
        "^ 第三方意见回复单",
        Table(
            (40, 116),
            (
                ("第三方", "{{ 对象 }}"),
                ("征求意见书", "{{ 文号 }}　（申请编号{{ 编号 }}）"),
                ("涉及的信息", "{{ 征求的信息 }}"),
                ("是否同意公开", "□同意公开|□同意部分公开，不同意公开的部分是：||□不同意公开"),
                ("理由（不同意|公开的填写）", ""),
                ("联系人和电话", ""),
                ("签字或者盖章", "|　　　　　　　　　　　　年　　月　　日"),
            ),
            (12, 12, 26, 36, 54, 12, 24),
        ),
    ),
    LetterKind.PARTY_TOLD: (
        *_head("告知第三方书", "{{ 对象 }}"),
        "{% if 征求日期 %}本机关于{{ 征求日期 }}就一件政府信息公开申请（编号{{ 编号 }}）征求{{ 对方 }}的意见{% if 意见 %}，{{ 对方 }}{{ 意见 }}{% endif %}。"
        "{% else %}本机关收到一件政府信息公开申请（编号{{ 编号 }}），涉及{{ 对方 }}的合法权益。{% endif %}"
        "申请公开的信息是：{{ 征求的信息 }}",
        "经审查，{% if 公共利益 %}本机关认为不公开可能对公共利益造成重大影响，{% elif 意见 %}本机关认为{{ 对方 }}不同意公开的理由不成立，{% endif %}"
        f"根据{_REGULATION}第三十二条的规定，决定予以公开。决定公开的政府信息内容和理由如下：",
        "{{ 文书内容 }}",
        "{{ 救济 }}",
        _TOLD,
        *_SIGNED,
    ),
    LetterKind.CONSULTING: (
        *_head("政府信息公开申请征求意见告知书"),
        _CAME,
        "{% if 征求对象 == '其他机关' %}所申请公开的政府信息由本机关和其他行政机关共同制作，"
        f"根据{_REGULATION}第三十四条的规定，本机关已于{{{{ 征求日期 }}}}征求有关机关的意见。"
        "{% else %}所申请公开的政府信息涉及第三方的合法权益，"
        f"根据{_REGULATION}第三十二条的规定，本机关已于{{{{ 征求日期 }}}}书面征求第三方的意见。{{% endif %}}",
        "根据该条例第三十三条第三款的规定，征求意见所需时间不计算在答复期限内。意见返回后，本机关将继续办理，并在期限内答复{{ 你 }}。",
        _TOLD,
        *_SIGNED,
    ),
    LetterKind.COOPERATION: (
        *_head("政府信息公开申请协办函", "{{ 对象 }}"),
        "本机关于{{ 收到日期 }}收到一件政府信息公开申请（编号{{ 编号 }}），其中申请公开的下列政府信息由本机关和贵单位共同制作：",
        "{{ 征求的信息 }}",
        f"根据{_REGULATION}第三十四条的规定，现征求贵单位的意见。请{{% if 另定 %}}在{{{{ 限期 }}}}前{{% else %}}自收到本函之日起15个工作日内"
        "{% if 限期 %}（即{{ 限期 }}前）{% endif %}{% endif %}书面提出是否同意公开的意见；不同意公开的，请说明理由和依据。逾期未提出意见的，视为同意公开。",
        _CONTACT,
        "特此函达。",
        *_SIGNED,
    ),
    LetterKind.REASONS: (
        *_head("要求说明理由通知书"),
        _CAME,
        "经审查，{{ 你 }}申请公开政府信息的数量、频次明显超过合理范围：{{ 文书内容 }}",
        f"根据{_REGULATION}第三十五条的规定，请{{{{ 你 }}}}在{{{{ 限期 }}}}前书面说明申请的理由。"
        "本机关认为申请理由不合理的，将告知{{ 你 }}不予处理；认为申请理由合理，但是无法在规定的期限内答复的，可以确定延迟答复的合理期限并告知{{ 你 }}。",
        _CONTACT,
        _NOTIFIED,
        *_SIGNED,
    ),
    LetterKind.FEE: (
        *_head("政府信息公开信息处理费收费通知书"),
        _CAME,
        f"{{{{ 你 }}}}申请公开政府信息的数量、频次明显超过合理范围。根据{_REGULATION}第四十二条和"
        "{{ 收费依据 }}的规定，本机关{{ 计费方式 }}计收信息处理费{{ 金额 }}元（大写：人民币{{ 大写金额 }}）。计算如下：",
        "{{ 计算 }}",
        "请{{ 你 }}在{% if 另定 %}{{ 缴费期限 }}前{% else %}收到本通知次日起20个工作日内"
        "{% if 缴费期限 %}（即{{ 缴费期限 }}前）{% endif %}{% endif %}缴纳。缴纳方式：{{ 文书内容 }}",
        "逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。申请的处理期限自{{ 你 }}完成缴费次日起重新计算。",
        _CONTACT,
        _NOTIFIED,
        *_SIGNED,
    ),
    LetterKind.APPROVAL: (
        "# {{ 机关 }}|政府信息公开申请办理审批单",
        Table(
            (32, 46, 32, 46),
            (
                ("编号", "{{ 编号 }}", "收到日期", "{{ 收到日期 }}"),
                ("申请人", "{{ 申请人 }}", "申请人类型", "{{ 申请人类型 }}"),
                ("申请方式", "{{ 申请方式 }}", "联系电话", "{{ 联系电话 }}"),
                ("承办科室", "{{ 承办科室 }}", "承办人", "{{ 承办人 }}"),
                ("申请内容", "{{ 申请内容 }}", None, None),
                ("办理经过", "{{ 办理经过 }}", None, None),
                ("答复期限", "{{ 现期限 }}", "文号", "{{ 文号 }}"),
                (
                    "拟办意见",
                    "{{ 拟办意见 }}|　　　　　　　签名：　　　　　　年　　月　　日",
                    None,
                    None,
                ),
                (
                    "承办科室|负责人意见",
                    "||　　　　　　　签名：　　　　　　年　　月　　日",
                    None,
                    None,
                ),
                (
                    "保密审查、|合法性审查",
                    "||　　　　　　　签名：　　　　　　年　　月　　日",
                    None,
                    None,
                ),
                ("负责人审批", "||　　　　　　　签名：　　　　　　年　　月　　日", None, None),
            ),
            (9, 9, 9, 9, 15, 20, 9, 26, 22, 22, 22),
        ),
    ),
    LetterKind.DELIVERY: (
        "# {{ 机关 }}|送达回证",
        Table(
            (40, 116),
            (
                ("申请编号", "{{ 编号 }}"),
                ("送达文书", "{{ 送达文书 }}"),
                ("文号", "{{ 送达文号 }}"),
                ("受送达人", "{{ 受送达人 }}"),
                ("送达地址", "{{ 送达地址 }}"),
                ("送达方式", "{{ 送达方式 }}"),
                ("受送达人签名|或者盖章", "|　　　　　　　　　　年　　月　　日"),
                (
                    "代收人签名和|代收理由",
                    "|　　　　　　　　　　年　　月　　日",
                ),
                ("邮件号码", "{{ 邮件号码 }}"),
                ("送达人签名", "|　　　　　　　　　　年　　月　　日"),
                ("备注", ""),
            ),
            (12, 12, 12, 12, 12, 12, 22, 22, 12, 22, 20),
        ),
    ),
    LetterKind.COVER: (
        "# {{ 机关 }}|政府信息公开申请案卷",
        Table(
            (40, 116),
            (
                ("编号", "{{ 编号 }}"),
                ("申请人", "{{ 申请人 }}"),
                ("申请内容", "{{ 申请内容 }}"),
                ("收到日期", "{{ 收到日期 }}"),
                ("办理结果", "{{ 办结情况 }}"),
                ("承办科室", "{{ 承办科室 }}　{{ 承办人 }}"),
                ("立卷人、日期", ""),
                ("保管期限", ""),
            ),
            (14, 14, 34, 14, 22, 14, 14, 14),
        ),
        "^ 卷内文件目录",
        Table(
            (14, 54, 42, 46),
            (("序号", "文件名称", "文号", "日期"),),
            (12,),
            heads=1,
            each="卷内文件",
            row=(
                "{{ 文件.序号 }}",
                "{{ 文件.名称 }}",
                "{{ 文件.文号 }}",
                "{{ 文件.日期 }}",
            ),
        ),
    ),
}

_ANSWERS: Mapping[str, Sequence[str]] = {
    "已主动公开": (
        *_ANSWERED,
        "经审查，{{ 查明 }}。",
        *_SAID,
        "根据{{ 依据 }}的规定，现告知{{ 你 }}获取该政府信息的方式、途径：{{ 获取途径 }}",
        *_ENDED,
    ),
    "予以公开": (
        *_ANSWERED,
        "经审查，{{ 查明 }}。",
        *_SAID,
        "根据{{ 依据 }}的规定，本机关{{ 决定 }}。提供方式：{{ 获取途径 }}",
        *_ENDED,
    ),
    "部分公开": (
        *_ANSWERED,
        "经审查，{{ 查明 }}。根据{{ 依据 }}的规定，本机关决定部分公开：",
        "一、对可以公开的内容予以公开。提供方式：{{ 获取途径 }}",
        "二、下列部分不予公开：{{ 不予公开的部分 }}",
        "该部分{{ 不公开的依据 }}，不予公开。理由：{{ 文书内容 }}",
        *_ENDED,
    ),
    "不予公开": (
        *_ANSWERED,
        "经审查，{{ 查明 }}。",
        *_SAID,
        "根据{{ 依据 }}的规定，本机关决定{{ 决定 }}。{% if 获取途径 %}查询途径：{{ 获取途径 }}{% endif %}",
        *_ENDED,
    ),
    "无法提供": (
        *_ANSWERED,
        "经审查，{{ 查明 }}。",
        *_SAID,
        "根据{{ 依据 }}的规定，本机关无法提供{{ 你 }}申请公开的政府信息。"
        "{% if 获取途径 %}负责公开该政府信息的行政机关：{{ 获取途径 }}{% endif %}",
        *_ENDED,
    ),
    "不予处理": (
        *_ANSWERED,
        "经审查，{{ 查明 }}。",
        *_SAID,
        "根据{{ 依据 }}的规定，本机关决定{{ 决定 }}。{% if 获取途径 %}{{ 途径名称 }}：{{ 获取途径 }}{% endif %}",
        *_ENDED,
    ),
    "其他处理": (
        *_ANSWERED,
        "? 结果编号 == '3.6.1'",
        "本机关于{{ 补正告知日期 }}告知{{ 你 }}补正{% if 补正期限 %}，补正期限至{{ 补正期限 }}{% endif %}。截至本告知书作出之日，{{ 你 }}没有补正。",
        "/",
        "? 结果编号 == '3.6.2'",
        "本机关于{{ 收费通知日期 }}通知{{ 你 }}缴纳信息处理费{% if 缴费期限 %}，缴费期限至{{ 缴费期限 }}{% endif %}。截至本告知书作出之日，{{ 你 }}没有缴纳。",
        "/",
        *_SAID,
        "? 依据",
        "{{ 查明 }}。根据{{ 依据 }}的规定，本机关{{ 决定 }}。",
        "/",
        *_ENDED,
    ),
}

TEMPLATES: tuple[Template, ...] = (
    *(
        Template(kind.label, kind, body)
        for kind, body in _LETTERS.items()
        if kind not in (LetterKind.APPROVAL, LetterKind.DELIVERY, LetterKind.COVER)
    ),
    *(Template(f"告知书-{group}", LetterKind.ANSWER, body) for group, body in _ANSWERS.items()),
    *(
        Template(kind.label, kind, _LETTERS[kind])
        for kind in (LetterKind.APPROVAL, LetterKind.DELIVERY, LetterKind.COVER)
    ),
)
