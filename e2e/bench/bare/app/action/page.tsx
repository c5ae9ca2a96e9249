/** What a submission is measured against: an action that does nothing. */
export default function Page() {
  async function doNothing() {
    'use server';
  }
  return (
    <form action={doNothing}>
      <button type="submit">Send</button>
    </form>
  );
}
