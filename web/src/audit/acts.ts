import type { Language } from '~/i18n/text.ts';

/** What the log calls an action, in Chinese. In English its own name is read; one that is not here is read so in both. */
const ACTS: Readonly<Record<string, string>> = {
  // Signing in, and who may.
  sign_in: '登录', sign_in_failed: '登录失败', sign_out: '退出登录', change_password: '修改密码', reset_password: '重设密码', add_user: '新增用户', close_user: '停用用户', reopen_user: '恢复用户',
  invite: '邀请用户', invite_to_reset: '邀请重设密码', accept_invitation: '接受邀请', withdraw_invitation: '撤回邀请', begin_second_factor: '开始绑定验证器', confirm_second_factor: '绑定验证器', remove_second_factor: '取消验证器', renew_recovery_codes: '更换恢复码',
  make_token: '新建接口令牌', revoke_token: '撤销接口令牌', rotate_keys: '更换密钥',
  // Looking at faces, videos and numbers.
  open_watch: '开始观看', close_watch: '结束观看', read_segment: '播放录像', read_clip: '读取视频资料', read_frame: '查看疑点画面', read_upload: '播放上传视频', read_contact_sheet: '查看视频缩略图', read_package: '下载档案包', read_messages: '阅读消息',
  compare_faces: '对照花名册照片', compare_punch: '比对打卡照片', reveal_id_number: '查看完整身份证号', export_id_numbers: '导出身份证号名单', export_person: '导出个人信息', erase_person: '删除个人信息',
  // Classes and students.
  add_class: '新增班次', number_class: '登记平台编号', start_class: '开课', draft_opening: '拟定班次', self_check_opening: '机构自查', file_opening: '现场审核备案材料', apply_for_opening: '申请开班', approve_opening: '批准开班', refuse_opening: '不批准开班',
  add_session: '新增课时段', add_student: '新增学员', leave_class: '学员退出', put_papers: '登记学员材料', enrol_student: '录入人脸', learn_face: '补充人脸模板', renew_face: '更新人脸模板', forget_face: '删除人脸', record_verification: '登记核实结果', answer_exchange: '导入查询结果',
  hand_in_timetable: '提交课程表', decide_timetable: '审核课程表', request_timetable_change: '申请调课', decide_timetable_change: '审核调课', add_file: '上传文件', send_message: '发送消息', let_pass: '放行学员问题',
  // Attendance.
  punch: '打卡', import_punch: '导入打卡', register_device: '登记打卡设备', withdraw_device: '停用打卡设备', record_leave: '登记请假', cancel_leave: '撤销请假', write_statement: '写书面说明', sign_statement: '签署书面说明', add_statement_scan: '上传说明扫描件',
  send_report: '报送日报', hand_in_summary: '报送考勤汇总表',
  // Supervision, findings, violations.
  raise_finding: '提出疑点', withdraw_finding: '撤回疑点', decide_finding: '处理疑点', sign_remote_supervision: '签署远程督导记录', draft_inspection: '填写督导记录单', change_inspection: '修改督导记录单', sign_inspection: '签署督导记录单', countersign_inspection: '机构签字',
  draw_classes: '随机抽取班次', open_violation: '提出违规', decide_violation: '认定违规', withdraw_violation: '撤回认定', carry_out_measure: '执行处理措施', report_suspension: '上报停课', order_suspension: '停课决定', lift_suspension: '解除停课',
  // Evidence.
  request_clip: '申请视频资料', seal_clip: '封存视频资料', fail_clip: '视频资料未能制作', verify_clip: '校验视频资料', announce_upload: '开始上传视频', receive_upload: '视频上传完毕', end_upload: '中止上传', seal_upload: '封存上传视频', accept_upload: '上传视频核查通过', refuse_upload: '上传视频未通过核查',
  take_upload: '采用上传视频', raise_likeness: '发现相似录像', decide_likeness: '认定相似录像',
  // After the course.
  apply_for_closeout: '申请结课验收', decide_closeout: '结课验收', record_assessment: '登记考核结果', draw_spot_check: '抽取核查学员', record_spot_check: '登记抽查结果', claim_subsidy: '申请补贴', reckon_subsidy: '核算补贴', publish_notice: '公示', record_objection: '登记异议', decide_objection: '处理异议',
  record_payment: '登记拨付', record_tracking: '登记就业跟踪', hand_in_tracking: '报送就业台账',
  // What is set up.
  add_institution: '新增培训机构', change_institution: '修改培训机构', add_venue: '新增场地', add_venue_approval: '登记场地核验', withdraw_venue_approval: '撤销场地核验', put_approval_list: '修改认定专业目录', add_textbook_exception: '登记教材例外', set_standard: '设定补贴标准',
  add_camera: '添加摄像头', change_camera: '修改摄像头', remove_camera: '移除摄像头', try_camera: '试连摄像头', take_reference: '取基准画面', renew_reference: '更换基准画面', forget_camera_pictures: '清理画面样张', change_policy: '修改政策参数', follow_policy_file: '采用配置文件的政策',
  import_holidays: '导入节假日', add_webhook: '新增推送', remove_webhook: '移除推送', rotate_webhook: '更换推送密钥', resend_delivery: '重新推送',
};

const SUBJECTS: Readonly<Record<string, string>> = {
  punch: '打卡', verification: '核实', student: '学员', camera: '摄像头', report: '日报', finding: '疑点', remote_supervision: '远程督导记录', statement: '书面说明', clip: '视频资料', tracking: '就业跟踪', class: '班次', inspection: '督导记录单', user: '用户', likeness: '相似录像',
  leave: '请假', draw: '抽取', violation: '违规', file: '文件', timetable: '课程表', monthly_summary: '考勤汇总表', device: '打卡设备', upload: '上传视频', spot_check: '抽查', subsidy_standard: '补贴标准', venue_approval: '场地核验', venue: '场地', message: '消息', segment: '录像',
  notice: '公示', closeout: '结课验收', invitation: '邀请', institution: '培训机构', subsidy: '补贴', claim: '补贴申请', timetable_change: '调课', approval_list: '认定专业目录', exception: '放行', exchange: '批量查询', session: '课时段', policy: '政策', webhook: '推送',
  api_token: '接口令牌', calendar_year: '节假日', textbook_exception: '教材例外', address: '地址', system: '系统',
};

const DETAILS: Readonly<Record<string, string>> = {
  class: '班次', student: '学员', students: '学员', from: '起', to: '止', until: '止', venue: '场地', made_at: '打卡时间', method: '方式', side: '签到或签退', on: '日期', date: '日期', file: '文件', files: '文件数', found: '查到', matter: '内容', phase: '阶段', stream: '码流', watch: '观看',
  revision: '次', late: '迟报', end: '结束原因', seconds: '秒', kind: '种类', rule: '条款', confidence: '可信度', outcome: '结果', reason: '理由', policy: '政策版本', bytes: '字节', camera: '摄像头', session: '课时段', upload: '上传视频', month: '月份', year: '年度', name: '名称',
  institution: '培训机构', role: '角色', number: '编号', amount_fen: '金额（分）', total_fen: '合计（分）', complete: '齐全', cause: '原因', grounds: '依据', model: '模型', node: '节点', watched_on: '观看日', findings: '疑点', lessons: '课时', major: '专业', majors: '专业数', seed: '随机种子',
};

const named = (names: Readonly<Record<string, string>>) => (name: string, language: Language) => (language === 'zh' ? names[name] : undefined) ?? name.replaceAll('_', ' ');

/** What was done. */
export const actName = named(ACTS);
/** With what. */
export const subjectName = named(SUBJECTS);
/** What a part of the detail is. */
export const detailName = named(DETAILS);
