import { BareForm } from './bare-form';

export default function Page() {
  return (
    <>
      <h1>New job</h1>
      <BareForm />
    </>
  );
}
