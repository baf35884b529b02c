"""g and a letter: from any page to any other."""

from __future__ import annotations

from collections.abc import Iterator

from tui.actions.action import Action, act


def actions() -> Iterator[Action]:
    yield act("app.go", "g", "g", "前往", "再按一个字母，到别的页。", footer=True, palette=False)
    for name, key, label, sentence, words in (
        ("today", "j", "今日", "到今日：到期、逾期和待办。", "首页 到期 逾期 催办 今天 提醒 待办"),
        ("register", "t", "台账", "到台账：全部申请的清单。", "申请 清单 登记簿"),
        ("year", "n", "年报", "打开年度报告：六个部分各填到哪里。", "年度报告 统计表 报表"),
        (
            "statistics",
            "k",
            "统计",
            "一年的新收、办理结果、用时和按期率，与上年相比。",
            "图表 曲线 趋势 同比 科室",
        ),
        (
            "consolidating",
            "h",
            "汇总",
            "汇总各单位报来的年报：读出、核对、退回、相加。",
            "合并 各单位 下级 街道 报送 收齐 退回 加总 相加",
        ),
        (
            "calendar",
            "r",
            "日历",
            "一年的放假和调休；录入放假通知。",
            "公历 节假日 调休 工作日 休假",
        ),
        ("disputes", "f", "复议诉讼", "全部行政复议和行政诉讼。", "起诉 应诉 法院 行政复议"),
        ("backups", "b", "备份", "备份登记簿；恢复一份备份。", "恢复 还原 拷贝 副本 移动盘"),
        (
            "settings",
            "s",
            "设置",
            "机关名称、记录人、文件夹、主题配色、按键、口令、保存期限。",
            "选项 配置 单位名称 改名 更名 颜色 快捷键 密码 姓名 署名 换人 层级 目录 日志",
        ),
        (
            "importing",
            "i",
            "导入台账",
            "把 Excel 或 CSV 的旧台账导入登记簿；先核对，再保存。",
            "导入 读入 上传 旧台账 表格",
        ),
        ("fees", "c", "收费计算", "按件或按量计算信息处理费。", "费用 金额 缴费 信息处理费"),
    ):
        yield act(
            f"go.{name}", key, f"g{key}", label, sentence, method=f"to('{name}')", words=words
        )
    yield act("go.leave", "escape", "Esc", "返回", "不去别处。", palette=False)
