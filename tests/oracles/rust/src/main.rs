//! Rust's own syntax by syn: prints the definitions of the files named on standard input.

use proc_macro2::Span;
use serde_json::{json, Value};
use std::io::BufRead;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

#[derive(Default)]
struct Finder {
    found: Vec<Value>,
    owners: Vec<bool>, // whether functions right here are methods
}

impl Finder {
    fn add(
        &mut self,
        kind: &str,
        name: &syn::Ident,
        whole: Span,
        attributes: &[syn::Attribute],
        inputs: Option<&Punctuated<syn::FnArg, syn::Token![,]>>,
    ) {
        let parameters: Vec<String> = inputs
            .into_iter()
            .flatten()
            .map(|input| match input {
                syn::FnArg::Receiver(_) => "self".to_string(),
                syn::FnArg::Typed(typed) => match &*typed.pat {
                    syn::Pat::Ident(one) => one.ident.to_string(),
                    other => other.span().source_text().unwrap_or_default(),
                },
            })
            .collect();
        let mut doc = String::new();
        let mut line = whole.start().line;
        let mut seen_code = false;
        for attribute in attributes {
            if matches!(attribute.style, syn::AttrStyle::Inner(_)) {
                continue;
            }
            let text = attribute.span().source_text().unwrap_or_default();
            if text.starts_with("//") || text.starts_with("/*") {
                doc.push_str(&text);
                doc.push('\n');
                if !seen_code {
                    // The definition starts after its doc.
                    line = 0;
                }
            } else if !seen_code {
                seen_code = true;
                line = attribute.span().start().line;
            }
        }
        self.found.push(json!({
            "kind": kind,
            "name": name.to_string(),
            "line": line,
            "end_line": whole.end().line,
            "parameters": parameters,
            "doc": if doc.is_empty() { Value::Null } else { Value::String(doc) },
        }));
    }

    fn place(&mut self, start: usize) {
        let last = self.found.last_mut().unwrap();
        if last["line"] == 0 {
            last["line"] = json!(start);
        }
    }

    fn function(&self) -> &'static str {
        if *self.owners.last().unwrap_or(&false) { "method" } else { "function" }
    }

    fn within(&mut self, is_owner: bool, visit: impl FnOnce(&mut Self)) {
        self.owners.push(is_owner);
        visit(self);
        self.owners.pop();
    }
}

/// Where an item starts, its visibility included.
fn start(visibility: &syn::Visibility, rest: Span) -> usize {
    match visibility {
        syn::Visibility::Inherited => rest.start().line,
        other => other.span().start().line,
    }
}

fn signature_start(signature: &syn::Signature) -> Span {
    signature.span()
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        let kind = self.function();
        self.add(kind, &node.sig.ident, node.span(), &node.attrs, Some(&node.sig.inputs));
        self.place(start(&node.vis, signature_start(&node.sig)));
        self.within(false, |f| visit::visit_item_fn(f, node));
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.add("method", &node.sig.ident, node.span(), &node.attrs, Some(&node.sig.inputs));
        let first = node.defaultness.map_or(signature_start(&node.sig), |word| word.span());
        self.place(start(&node.vis, first));
        self.within(false, |f| visit::visit_impl_item_fn(f, node));
    }

    fn visit_trait_item_fn(&mut self, node: &'ast syn::TraitItemFn) {
        self.add("method", &node.sig.ident, node.span(), &node.attrs, Some(&node.sig.inputs));
        self.place(signature_start(&node.sig).start().line);
        self.within(false, |f| visit::visit_trait_item_fn(f, node));
    }

    fn visit_foreign_item_fn(&mut self, node: &'ast syn::ForeignItemFn) {
        self.add("function", &node.sig.ident, node.span(), &node.attrs, Some(&node.sig.inputs));
        self.place(start(&node.vis, signature_start(&node.sig)));
    }

    fn visit_item_struct(&mut self, node: &'ast syn::ItemStruct) {
        self.add("struct", &node.ident, node.span(), &node.attrs, None);
        self.place(start(&node.vis, node.struct_token.span()));
        self.within(false, |f| visit::visit_item_struct(f, node));
    }

    fn visit_item_union(&mut self, node: &'ast syn::ItemUnion) {
        self.add("union", &node.ident, node.span(), &node.attrs, None);
        self.place(start(&node.vis, node.union_token.span()));
    }

    fn visit_item_enum(&mut self, node: &'ast syn::ItemEnum) {
        self.add("enum", &node.ident, node.span(), &node.attrs, None);
        self.place(start(&node.vis, node.enum_token.span()));
        self.within(false, |f| visit::visit_item_enum(f, node));
    }

    fn visit_item_trait(&mut self, node: &'ast syn::ItemTrait) {
        self.add("trait", &node.ident, node.span(), &node.attrs, None);
        let first = node.unsafety.map_or(node.trait_token.span(), |word| word.span());
        self.place(start(&node.vis, first));
        self.within(true, |f| visit::visit_item_trait(f, node));
    }

    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        if node.content.is_some() {
            self.add("module", &node.ident, node.span(), &node.attrs, None);
            self.place(start(&node.vis, node.mod_token.span()));
        }
        self.within(false, |f| visit::visit_item_mod(f, node));
    }

    fn visit_item_macro(&mut self, node: &'ast syn::ItemMacro) {
        if let Some(name) = &node.ident {
            self.add("macro", name, node.span(), &node.attrs, None);
            self.place(node.mac.span().start().line);
        }
    }

    fn visit_item_impl(&mut self, node: &'ast syn::ItemImpl) {
        self.within(true, |f| visit::visit_item_impl(f, node));
    }
}

fn outline(path: &str) -> Value {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return json!({"path": path, "error": error.to_string()}),
    };
    match syn::parse_file(&text) {
        Err(error) => json!({"path": path, "error": error.to_string()}),
        Ok(file) => {
            let mut finder = Finder::default();
            finder.visit_file(&file);
            json!({"path": path, "definitions": finder.found})
        }
    }
}

fn main() {
    for line in std::io::stdin().lock().lines() {
        println!("{}", outline(&line.unwrap()));
    }
}
