import { UploadOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Tooltip, Upload } from 'antd';
import { api } from '~/api/client.ts';
import { ask } from '~/api/problem.ts';
import { systemQuery } from '~/api/queries.ts';
import type { Student } from '~/api/schema.d.ts';
import { useMessages } from '~/app/messages.tsx';
import { useSentence } from '~/app/useProblem.ts';
import { useEnrolmentWords } from '~/enrolment/words.ts';
import { useTranslation } from '~/i18n/index.ts';
import { bytes } from '~/time/amounts.ts';
import { checkPicture, PICTURE_MAX_BYTES, type PictureType } from './picture.ts';

/** Takes an enrolment picture; consent comes first, and there must be something to make a template with. */
export function EnrolButton({ student, classId }: { student: Student; classId: string }) {
  const { marks } = useTranslation();
  const sayStudent = useEnrolmentWords();
  const message = useMessages();
  const sentence = useSentence();
  const client = useQueryClient();
  const analysis = useQuery(systemQuery).data?.analysis.on ?? true;
  const upload = useMutation({
    mutationFn: ({ file, type }: { file: Blob; type: PictureType }) =>
      ask(
        api.POST('/students/{id}/picture', {
          params: { path: { id: student.id } },
          headers: { 'Content-Type': type },
          body: file as never,
          bodySerializer: (body) => body as unknown as Blob,
        }),
      ),
    onSuccess: async (made) => {
      message.success(sayStudent('students.uploaded', { name: student.name, quality: made.quality.score.toFixed(2) }));
      await client.invalidateQueries({ queryKey: ['classes', classId] });
    },
    // A refusal says what to do better with the picture: it stays long enough to be read.
    onError: (error) => message.error(`${student.name}${marks.colon}${sentence(error)}`),
  });
  const take = (file: File) => {
    const checked = checkPicture(file);
    if (checked.ok) upload.mutate({ file, type: checked.type });
    else message.error(sayStudent(`students.${checked.why}`, { size: bytes(PICTURE_MAX_BYTES) }));
    return Upload.LIST_IGNORE;
  };
  const consented = student.face_consent_at != null;
  const why = !consented ? sayStudent('students.needsConsent') : !analysis ? sayStudent('students.analysisOff') : sayStudent('students.uploadHint');
  return (
    <Tooltip title={why}>
      <Upload accept="image/jpeg,image/png" showUploadList={false} beforeUpload={take} disabled={!consented || !analysis}>
        <Button size="small" icon={<UploadOutlined />} loading={upload.isPending} disabled={!consented || !analysis}>
          {sayStudent(student.enrolled ? 'students.replace' : 'students.upload')}
        </Button>
      </Upload>
    </Tooltip>
  );
}
