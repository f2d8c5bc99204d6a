/// A path of this tenant to go back to after signing in; anything else is ignored, so that nobody is led elsewhere.
pub fn local_path<'a>(path: &'a str, default: &'a str) -> &'a str {
    let safe = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', ':', '@'])
        // Browsers leave out line ends and tabs: `/<tab>/host` would be another host.
        && !path.contains(char::is_control)
        && path.len() < 300;
    if safe { path } else { default }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local_path("/quota?a=1", "/"), "/quota?a=1");
        for bad in
            ["//evil.example", "https://evil.example", "/\\evil", "/a\r\nb", "/\t/evil.example", "", "quota", "/x:y@z"]
        {
            assert_eq!(local_path(bad, "/quota"), "/quota", "{bad:?}");
        }
    }
}
