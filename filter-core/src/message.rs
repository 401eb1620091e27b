//! What is handed in: the fields of a message, its files, and what else a policy may make depend on.

/// Where a field's text comes from, as far as that changes how it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// What people write.
    #[default]
    Prose,
    /// The name of a file: a marking in it counts as one on its own line.
    FileName,
    /// The name of a member.
    Key,
    /// A number's literal.
    Number,
}

/// A piece of a message.
#[derive(Clone, Copy)]
pub struct Field<'t> {
    /// What is read.
    pub text: &'t str,
    /// Where it comes from.
    pub form: Form,
}

impl core::fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "<{} bytes, {:?}>", self.text.len(), self.form)
    }
}

/// What a policy may make depend on besides the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attributes<'t> {
    /// Where the message goes.
    pub room: Option<&'t str>,
    /// Who sends it: `@name:server`.
    pub sender: Option<&'t str>,
    /// What sort of event it is.
    pub event_type: Option<&'t str>,
    /// The files that it carries.
    pub files: &'t [Attachment<'t>],
}

/// A file of a message.
#[derive(Clone, Copy, Debug)]
pub struct Attachment<'t> {
    /// Index of the field that holds its name.
    pub field: u32,
    /// What sort of message it comes in: `m.image`.
    pub message_type: Option<&'t str>,
    /// `application/pdf`, as the sender says.
    pub media_type: Option<&'t str>,
}
