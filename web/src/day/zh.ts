/** 当日课堂的教学时间与人数。 */
export const zh = {
  different: '不同的人',
  differentHint: '按座位与相貌推算整堂课出现过多少人，依据的假设更多，只供参考',
  teaching: '教学',
  teachingTotals: '课时内全班在场 {{together}}，人少或无人 {{away}}，未采样 {{unseen}}',
  spent: { together: '全班在场', few: '人数较少', empty: '无人', break: '课间', unseen: '未采样' },
};
