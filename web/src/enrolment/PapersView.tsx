import { Descriptions } from 'antd';
import type { StudentPapers } from '~/api/schema.d.ts';
import { FileLink } from '~/files/FileLink.tsx';
import { useTranslation } from '~/i18n/index.ts';
import { useEnrolmentWords } from './words.ts';
import { zh } from './zh.ts';

/** A student's papers for those who only read them. */
export function PapersView({ papers }: { papers: StudentPapers }) {
  const { t } = useTranslation();
  const say = useEnrolmentWords();
  const file = (id: string | null | undefined) => (id == null ? say('notHandedIn') : <FileLink id={id} />);
  const proof = papers.status_proof;
  const province = `p${papers.hukou_province}`;
  const city = `c${papers.school_city}`;
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        { key: 'seen', label: say('idCardSeen'), children: t(papers.id_card_seen ? 'common.yes' : 'common.no') },
        { key: 'copy', label: say('idCardCopy'), children: file(papers.id_card_copy) },
        { key: 'proof', label: say('statusProof'), children: proof == null ? say('notHandedIn') : <>{say(`issuer.${proof.issued_by}`)} <FileLink id={proof.file_id} /></> },
        { key: 'form', label: say('registrationForm'), children: file(papers.registration_form) },
        { key: 'province', label: say('hukouProvince'), children: province in zh.province ? say(`province.${province as keyof typeof zh.province}`) : papers.hukou_province },
        { key: 'city', label: say('schoolCity'), children: city in zh.city ? say(`city.${city as keyof typeof zh.city}`) : papers.school_city },
        { key: 'hukou', label: say('hukouProof'), children: file(papers.hukou_proof) },
        { key: 'business', label: say('noBusiness'), children: file(papers.no_business_statement) },
      ]}
    />
  );
}
