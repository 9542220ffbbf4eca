/** Where a class is in its life. */
export const zh = {
  standing: {
    draft: '填写中', self_checked: '待现场审核备案', filed: '备案通过，待申请', applied: '待审批', approved: '已批准，待开课', planned: '未开课', running: '上课中', ended: '待申请结课验收',
    closing: '结课申请待审核', accepted: '验收通过，待申请补贴', claimed: '补贴待核算', reckoned: '已核算，待公示', noticed: '公示', paid: '已拨付',
  },
};
