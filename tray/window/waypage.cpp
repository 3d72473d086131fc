#include "tray/window/waypage.h"

#include "tray/window/parts.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QLabel *indented(QLabel *label)
{
    label->setWordWrap(true);
    label->setContentsMargins(22, 0, 0, 6);
    return label;
}

} // namespace

WayPage::WayPage(FirstRun &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_local(new QRadioButton(tr("This computer"), this))
    , m_remote(new QRadioButton(tr("Another computer, which runs the daemon and has the models"), this))
    , m_fields(new QWidget(this))
    , m_url(makeField(tr("Address"), u"https://apricot:8200"_s))
    , m_token(makeField(tr("Token"), tr("printed by: commits token create NAME")))
    , m_fingerprint(makeField(tr("Fingerprint"), tr("SHA-256 of its certificate, if it made that itself")))
{
    m_token->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    auto *form = new QFormLayout(m_fields);
    form->setContentsMargins(22, 0, 0, 0);
    form->setSpacing(10);
    for (QLineEdit *field : {m_url, m_token, m_fingerprint}) {
        auto *name = new QLabel(field->accessibleName(), m_fields);
        name->setBuddy(field);
        name->setMinimumHeight(field->sizeHint().height()); // in the middle of its field
        form->addRow(name, field);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(tr("Who describes the commits?"), u"title"_s, this));
    layout->addSpacing(4);
    layout->addWidget(m_local);
    layout->addWidget(indented(makeLabel(tr("A daemon here does everything. Without a model it writes the messages by "
                                            "itself."),
                                         u"muted"_s, this)));
    layout->addWidget(m_remote);
    layout->addWidget(indented(makeLabel(tr("This program commits here and asks there for the messages. The two never "
                                            "exchange commits directly, only through the hub."),
                                         u"muted"_s, this)));
    layout->addWidget(m_fields);
    layout->addStretch(1);
    connect(m_local, &QRadioButton::toggled, this, [this](bool on) { m_model.setRemote(!on); });
    for (QLineEdit *field : {m_url, m_token, m_fingerprint})
        connect(field, &QLineEdit::textEdited, this, [this] {
            m_model.setPlace({m_url->text().trimmed(), m_token->text().trimmed(), m_fingerprint->text().trimmed()});
        });
    connect(&m_model, &FirstRun::changed, this, &WayPage::update);
    update();
}

QLineEdit *WayPage::makeField(const QString &name, const QString &example)
{
    auto *field = new QLineEdit(m_fields);
    field->setAccessibleName(name);
    field->setPlaceholderText(example);
    return field;
}

void WayPage::update()
{
    m_local->setChecked(!m_model.isRemote());
    m_remote->setChecked(m_model.isRemote());
    m_fields->setVisible(m_model.isRemote());
}

} // namespace AutoCommit
