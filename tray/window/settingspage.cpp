#include "tray/window/settingspage.h"

#include "tray/window/computercard.h"
#include "tray/window/parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

} // namespace

SettingsPage::SettingsPage(DaemonModel &daemon, LoginSetting &login, TrayMemory &memory, QWidget *parent)
    : QWidget(parent)
    , m_daemon(daemon)
    , m_login(login)
    , m_memory(memory)
    , m_form(daemon)
    , m_words(new QLineEdit(this))
    , m_scroll(new QScrollArea(this))
    , m_note(makeLabel({}, u"muted"_s, this))
    , m_apply(makeButton(tr("Apply"), {}, this))
    , m_revert(makeButton(tr("Revert"), {}, this))
{
    m_words->setPlaceholderText(tr("Search settings"));
    m_words->setAccessibleName(tr("Search settings"));
    m_words->addAction(uiIcon(u"search"_s, Theme::current().muted), QLineEdit::LeadingPosition);
    m_words->setClearButtonEnabled(true);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_apply->setObjectName(u"primary"_s);
    m_note->setWordWrap(true);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(16, 12, 16, 8);
    top->addWidget(m_words);
    auto *bottom = new QHBoxLayout;
    bottom->setContentsMargins(16, 8, 16, 12);
    bottom->setSpacing(8);
    bottom->addWidget(m_note, 1);
    bottom->addWidget(m_revert);
    bottom->addWidget(m_apply);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_scroll, 1);
    layout->addLayout(bottom);

    connect(m_words, &QLineEdit::textChanged, this, &SettingsPage::filter);
    connect(m_apply, &QPushButton::clicked, &m_form, &SettingsForm::apply);
    connect(m_revert, &QPushButton::clicked, &m_form, &SettingsForm::revert);
    connect(&m_form, &SettingsForm::loaded, this, &SettingsPage::build);
    connect(&m_form, &SettingsForm::edited, this, &SettingsPage::updateButtons);
    connect(&m_form, &SettingsForm::saved, this, [this] { m_note->setText(tr("Saved in %1").arg(m_form.file())); });
    connect(&m_form, &SettingsForm::failed, this, [this](const QString &why) {
        m_note->setStyleSheet(u"color: %1"_s.arg(Theme::current().bad.name()));
        m_note->setText(why);
    });
    connect(&daemon, &DaemonModel::changed, this, &SettingsPage::updateEditors);
    setFocusProxy(m_words);
    build();
}

void SettingsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_login.refresh();
    m_form.activate();
}

void SettingsPage::build()
{
    m_rows.clear();
    m_editors.clear();
    auto *page = new QWidget;
    page->setObjectName(u"page"_s);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 4, 16, 16);
    layout->setSpacing(12);
    addComputer(layout);
    QString section;
    QVBoxLayout *inCard = nullptr;
    QFrame *card = nullptr;
    for (const ApiSetting &setting : m_form.settings()) {
        if (!inCard || setting.section != section) {
            section = setting.section;
            card = makeCard(page);
            inCard = new QVBoxLayout(card);
            inCard->setContentsMargins(16, 14, 16, 14);
            inCard->setSpacing(14);
            inCard->addWidget(makeLabel(section, u"heading"_s, card));
            layout->addWidget(card);
        }
        QWidget *row = makeRow(setting);
        inCard->addWidget(row);
        m_rows.append(
            {row, card, (setting.key + u' ' + SettingsForm::label(setting) + u' ' + setting.help).toCaseFolded()});
    }
    layout->addStretch(1);
    m_scroll->setWidget(page);
    m_note->setStyleSheet({});
    m_note->setText(m_form.isLoaded() ? tr("Settings of the daemon, kept in %1").arg(m_form.file()) : QString());
    filter(m_words->text());
    updateEditors();
}

void SettingsPage::addComputer(QVBoxLayout *layout)
{
    auto *card = new ComputerCard(m_login, m_memory);
    layout->addWidget(card);
    m_rows.append({card, card, ComputerCard::searchWords()});
    connect(card, &ComputerCard::guideWanted, this, &SettingsPage::guideWanted);
}

QWidget *SettingsPage::makeRow(const ApiSetting &setting)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(18);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    QLabel *label = makeLabel(SettingsForm::label(setting), u"body"_s, row);
    QLabel *help = makeLabel(setting.help, u"muted"_s, row);
    help->setWordWrap(true);
    words->addWidget(label);
    words->addWidget(help);
    words->addStretch(1);
    layout->addLayout(words, 1);
    QWidget *editor = makeEditor(setting, row);
    editor->setFixedWidth(280);
    editor->setAccessibleName(SettingsForm::label(setting));
    editor->setAccessibleDescription(setting.help);
    m_editors.append({setting, editor});
    label->setBuddy(editor);
    auto *right = new QVBoxLayout;
    right->setSpacing(3);
    right->addWidget(editor);
    const QString hint = SettingsForm::hint(setting);
    const bool fixed = setting.origin == u"environment"_s || setting.origin == u"command line"_s;
    QLabel *note = makeLabel(fixed ? tr("set by the %1").arg(setting.origin) : hint, u"muted"_s, row);
    note->setFixedWidth(280);
    note->setText(note->fontMetrics().elidedText(note->text(), Qt::ElideRight, 280));
    note->setToolTip(hint);
    note->setVisible(!note->text().isEmpty());
    right->addWidget(note);
    right->addStretch(1);
    layout->addLayout(right);
    return row;
}

QWidget *SettingsPage::makeEditor(const ApiSetting &setting, QWidget *parent)
{
    const QString key = setting.key;
    const QString text = m_form.text(key);
    switch (SettingsForm::editor(setting)) {
    case SettingEditor::Switch: {
        auto *box = new QCheckBox(tr("on"), parent);
        box->setChecked(text == u"true"_s);
        connect(box, &QCheckBox::toggled, this,
                [this, key](bool on) { m_form.setText(key, on ? u"true"_s : u"false"_s); });
        return box;
    }
    case SettingEditor::Choice: {
        auto *list = new QComboBox(parent);
        list->addItems(SettingsForm::choices(setting));
        list->setCurrentText(text);
        connect(list, &QComboBox::currentTextChanged, this,
                [this, key](const QString &now) { m_form.setText(key, now); });
        return list;
    }
    default: {
        auto *edit = new QLineEdit(text, parent);
        edit->setPlaceholderText(SettingsForm::editor(setting) == SettingEditor::Lines ? tr("one, two, three")
                                                                                       : tr("empty"));
        edit->setCursorPosition(0);
        connect(edit, &QLineEdit::textChanged, this, [this, key](const QString &now) { m_form.setText(key, now); });
        return edit;
    }
    }
}

void SettingsPage::filter(const QString &words)
{
    const QStringList parts = words.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    QSet<QWidget *> used;
    for (const Row &row : std::as_const(m_rows)) {
        const bool shown = std::ranges::all_of(parts, [&](const QString &part) { return row.search.contains(part); });
        row.widget->setVisible(shown);
        if (shown)
            used.insert(row.section);
    }
    for (const Row &row : std::as_const(m_rows))
        row.section->setVisible(used.contains(row.section));
}

void SettingsPage::updateEditors()
{
    for (const auto &[setting, editor] : std::as_const(m_editors)) {
        const QString why = m_form.whyFixed(setting);
        editor->setEnabled(why.isEmpty());
        editor->setToolTip(why);
    }
    updateButtons();
}

void SettingsPage::updateButtons()
{
    const QString why = m_daemon.whyNoControl();
    m_apply->setToolTip(why);
    m_apply->setEnabled(why.isEmpty() && m_form.isChanged());
    m_revert->setEnabled(m_form.isChanged());
}

} // namespace AutoCommit
