export default function Page() {
  return <div className="p-4 text-red-500">x</div>;
}
