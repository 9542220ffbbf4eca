/** 视频资料的计划与进度。 */
export const zh = {
  rule: '每班次至少 {{clips}} 次，每月至少 {{month}} 次，间隔 {{days}} 天以上，每次不少于 {{length}}（R9.1）',
  outlook: { met: '视频资料已符合要求', open: '按计划录制即可符合要求', no_days: '尚无培训日', out_of_reach: '已无法符合要求' },
  month: '{{month}}：{{counted}} / {{needed}} 次',
  setAside: '不计入的视频资料',
  package: '下载全班档案包',
  legend: '图例',
  day: { counted: '已计入', planned: '计划录制', open: '可录制', lost: '已无法录制' },
};
