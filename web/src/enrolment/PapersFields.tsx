import { AutoComplete, Checkbox, Form, Input, Select } from 'antd';
import type { StudentPapers } from '~/api/schema.d.ts';
import { FilePick } from '~/files/FilePick.tsx';
import { useTranslation } from '~/i18n/index.ts';
import styles from './enrolment.module.css';
import { useEnrolmentWords } from './words.ts';
import { zh } from './zh.ts';

type ProvinceKey = keyof typeof zh.province;
type CityKey = keyof typeof zh.city;
const PROVINCES = Object.keys(zh.province) as ProvinceKey[];
const CITIES = Object.keys(zh.city) as CityKey[];

/** The fields of a student's papers, in the order of the notice (R3.1 to R3.3, R5.1). */
export function PapersFields({ papers }: { papers: StudentPapers }) {
  const { t } = useTranslation();
  const say = useEnrolmentWords();
  const needed = [{ required: true, message: t('common.required') }];
  const masked = papers.id_number_masked;
  return (
    <>
      <Form.Item name="id_number" label={say('idNumber')} extra={say('idHint')}>
        <Input maxLength={18} autoComplete="off" placeholder={masked == null ? undefined : say('idKeep', { masked })} />
      </Form.Item>
      <Form.Item name="id_card_seen" valuePropName="checked">
        <Checkbox>{say('idCardSeen')}</Checkbox>
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="id_card_copy" label={say('idCardCopy')}>
          <FilePick label={say('idCardCopy')} />
        </Form.Item>
        <Form.Item name="registration_form" label={say('registrationForm')}>
          <FilePick label={say('registrationForm')} />
        </Form.Item>
        <Form.Item name={['status_proof', 'issued_by']} label={`${say('statusProof')} · ${say('issuedBy')}`}>
          <Select options={(['ministry_report', 'school'] as const).map((value) => ({ value, label: say(`issuer.${value}`) }))} />
        </Form.Item>
        <Form.Item name={['status_proof', 'file_id']} label={say('statusProof')}>
          <FilePick label={say('statusProof')} />
        </Form.Item>
        <Form.Item name="hukou_province" label={say('hukouProvince')} rules={needed}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={PROVINCES.map((key) => ({ value: key.slice(1), label: say(`province.${key}`) }))} />
        </Form.Item>
        <Form.Item name="school_city" label={say('schoolCity')} extra={say('schoolCityHint')} rules={[...needed, { pattern: /^\d{4}$/, message: say('schoolCityWrong') }]}>
          <AutoComplete
            maxLength={4}
            showSearch={{ filterOption: (input, option) => String(option?.label).includes(input) }}
            options={CITIES.map((key) => ({ value: key.slice(1), label: `${key.slice(1)} ${say(`city.${key}`)}` }))}
          />
        </Form.Item>
        <Form.Item name="hukou_proof" label={say('hukouProof')} extra={say('hukouHint')}>
          <FilePick label={say('hukouProof')} />
        </Form.Item>
        <Form.Item name="no_business_statement" label={say('noBusiness')}>
          <FilePick label={say('noBusiness')} />
        </Form.Item>
      </div>
    </>
  );
}
