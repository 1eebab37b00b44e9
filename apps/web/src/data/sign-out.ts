/** Ends the session and goes to the sign-in page; everything cached goes with the page. */
export async function signOut(): Promise<void> {
  await fetch("/api/auth/sign-out", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  window.location.assign("/sign-in");
}
